#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"

namespace keisei::rl {

/// Earlier networks of a run, as weights in a folder: `network-<update>.weights`. What a run that
/// is resumed finds there is its own past.
class SnapshotPool {
 public:
  /// Creates the folder and looks for networks up to `latest_update`; later ones are set aside, as
  /// those of a future that was given up. Keeps at most `most` of them, and
  /// what add() is told to.
  SnapshotPool(std::string directory, int most, std::int64_t latest_update);

  /// Oldest first.
  const std::vector<std::int64_t>& updates() const { return updates_; }
  Result<std::string> weights(std::int64_t update) const;
  /// Adds a network that is newer than all others and may drop one: see thin_out(). Those of
  /// `needed` stay, beside as many as the pool keeps.
  Result<void> add(std::int64_t update, const std::string& weights,
                   std::span<const std::int64_t> needed = {});
  /// Gives up a network that turned out to be no use.
  void drop(std::int64_t update);

 private:
  std::string path_of(std::int64_t update) const;

  std::string directory_;
  int most_;
  std::vector<std::int64_t> updates_;
};

}  // namespace keisei::rl
