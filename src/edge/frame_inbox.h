#pragma once

#include <cstddef>
#include <mutex>
#include <utility>
#include <vector>

#include "broker/frame.h"
#include "protocol/routing.h"

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
      for (const broker::FramePtr& frame : batch.frames) replace(waiting_.back(), frame);
    }
    return is_first;
  }
  /// All of it, in order.
  std::vector<broker::FrameBatch> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
  }

 private:
  static void replace(broker::FrameBatch& batch, const broker::FramePtr& frame) {
    if (protocol::is_newest_only(frame->message)) {
      std::erase_if(batch.frames, [&](const broker::FramePtr& older) {
        return older->message == frame->message;
      });
    }
    batch.frames.push_back(frame);
  }

  std::mutex mutex_;
  std::vector<broker::FrameBatch> waiting_;
};

}  // namespace keisei::edge
