#pragma once

#include <functional>
#include <string>
#include <vector>

#include "store/entries.h"
#include "store/run_memory.h"

namespace keisei::store {

/// Writes down what the studio hands over. For the studio's thread; never waits for the disk.
class Keeper {
 public:
  /// Whether the entries are kept; if not, they never will be. Called once for each keep(), in the
  /// order of the calls, on a thread of the keeper's choice.
  using Done = std::function<void(bool kept)>;

  virtual ~Keeper() = default;

  virtual void keep(std::vector<Entry> entries, Done done) = 0;
  /// Returns when nothing is on its way any more.
  virtual void settle() = 0;
};

/// Remembers what was kept. For the studio's thread, which waits: asked when a run begins, and
/// again until there is an answer.
class Library {
 public:
  virtual ~Library() = default;

  virtual RecalledRun recall(const std::string& run_id) = 0;
  /// Of the run that was heard of last; null if there is none.
  virtual RecalledRun recall_newest() = 0;
};

/// Both, of one show.
class Store : public Keeper, public Library {
 public:
  /// Whether what is kept can be read now. Thread-safe.
  virtual bool is_open() const = 0;
};

}  // namespace keisei::store
