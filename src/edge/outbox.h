#pragma once

#include <sys/uio.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>

#include "broker/frame.h"

namespace keisei::edge {

/// What waits to be sent to one viewer, and what of it may be given up when the viewer is slow.
///
/// State frames have a slot per message type that holds the newest only: a viewer that stops
/// reading costs the same memory after an hour as after a second, and resumes with the present.
/// Control frames, replies and must-not-lose frames queue up to a bound. A message that has been
/// sent in part is always completed first.
class Outbox {
 public:
  static constexpr std::size_t kSlots = protocol::kSlots;
  static constexpr std::size_t kMaxQueue = 32;
  static constexpr std::size_t kMaxVectors = kSlots + 2;

  /// Replaces what the slot held. Returns whether an unsent frame was given up.
  bool put_latest(std::size_t slot, broker::Bytes bytes);
  /// Returns false when the queue is full: the viewer is to be disconnected.
  bool put_queued(broker::Bytes bytes);
  /// But not what is given on joining: it comes once only, and is true for every subscription.
  void drop_latest();

  /// Whether the queue has got so long that what need not be sent had better not be.
  bool is_crowded() const { return queue_ && queue_->size() >= kMaxQueue / 2; }
  bool empty() const { return !partial_ && pending_ == 0 && (!queue_ || queue_->empty()); }

  /// The next bytes to send, in order; with `include_latest` false only what cannot be given up.
  std::size_t gather(std::span<iovec, kMaxVectors> vectors, bool include_latest) const;
  /// Forgets the first `bytes` of what gather() gave with the same `include_latest`.
  void sent(std::size_t bytes, bool include_latest);

 private:
  broker::Bytes partial_;
  std::size_t partial_offset_ = 0;
  std::unique_ptr<std::deque<broker::Bytes>> queue_;  // most viewers never need one
  using Latest = std::array<broker::Bytes, kSlots>;
  std::unique_ptr<Latest> latest_;  // only while something is pending
  protocol::SlotMask pending_ = 0;
};

}  // namespace keisei::edge
