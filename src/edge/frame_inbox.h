#pragma once

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

#include "broker/frame.h"

namespace keisei::edge {

/// What the studio has published and the edge's thread has not taken yet. Thread-safe.
///
/// An edge that falls behind gets every batch, up to a bound; beyond that, of what replaces its
/// older selves only the newest. So what waits grows no more, but by messages that may not be lost,
/// of which there are few.
class FrameInbox {
 public:
  static constexpr std::size_t kMostBatches = 256;

  /// Whether nothing waited before: somebody must take it.
  bool put(const broker::FrameBatch& batch) {
    const std::lock_guard lock(mutex_);
    const bool is_first = waiting_.empty();
    if (waiting_.size() < kMostBatches || waiting_.back().epoch != batch.epoch) {
      waiting_.push_back(batch);
    } else {
      waiting_.back().merge(batch);
    }
    return is_first;
  }
  /// All of it, in order.
  std::vector<broker::FrameBatch> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }

 private:
  std::mutex mutex_;
  std::vector<broker::FrameBatch> waiting_;
};

}  // namespace keisei::edge
