#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "store/keeper.h"

namespace keisei::store {

/// Keeps nothing, like a show without a store, until a test holds it: then entries wait for
/// settle().
class ManualKeeper final : public Keeper, public Library {
 public:
  void hold() { is_held_ = true; }

  void keep(std::vector<Entry> entries, Done done) override {
    if (!is_held_) return done(false);
    const std::lock_guard lock(mutex_);
    entries_.insert(entries_.end(), entries.begin(), entries.end());
    waiting_.push_back(std::move(done));
  }
  void settle() override {
    for (const Done& done : take()) done(true);
  }
  RecalledRun recall(const std::string&) override { return nullptr; }
  RecalledRun recall_newest() override { return nullptr; }

  /// What it was given while it was held.
  std::vector<Entry> entries() {
    const std::lock_guard lock(mutex_);
    return entries_;
  }

 private:
  std::vector<Done> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }

  bool is_held_ = false;
  std::mutex mutex_;
  std::vector<Entry> entries_;
  std::vector<Done> waiting_;
};

}  // namespace keisei::store
