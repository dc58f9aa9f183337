#pragma once

#include <array>
#include <utility>

#include "broker/frame.h"

namespace keisei::broker {

/// The newest frame of every message that replaces its older selves. All are of one studio: what a
/// successor has not shown is not on the air.
class NewestFrames {
 public:
  void take(const FrameBatch& batch) {
    if (std::exchange(epoch_, batch.epoch) != batch.epoch) frames_.fill(nullptr);
    for (const FramePtr& frame : batch.frames) {
      if (!protocol::is_newest_only(frame->message)) continue;
      frames_[protocol::slot_of(frame->message)] = frame;
    }
  }

  /// Null until the first.
  const FramePtr& in_slot(std::size_t slot) const { return frames_[slot]; }
  FrameBatch all() const {
    FrameBatch batch{epoch_, {}};
    for (const FramePtr& frame : frames_) {
      if (frame) batch.frames.push_back(frame);
    }
    return batch;
  }

 private:
  std::array<FramePtr, protocol::kSlots> frames_;
  Epoch epoch_ = 0;
};

}  // namespace keisei::broker
