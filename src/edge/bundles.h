#pragma once

#include <sys/uio.h>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "edge/framed.h"
#include "edge/permessage_deflate.h"
#include "edge/subscription.h"

namespace keisei::edge {

/// What viewers with one wish are sent together: the bytes of several messages, one after the
/// other. Whoever made it keeps them.
class Bundle {
 public:
  std::span<const iovec> vectors() const { return {vectors_.data(), count_}; }
  std::size_t bytes() const { return bytes_; }
  void add(const std::string& message) {
    vectors_[count_++] = {const_cast<char*>(message.data()), message.size()};
    bytes_ += message.size();
  }

 private:
  std::array<iovec, protocol::kSlots> vectors_;
  std::size_t count_ = 0;
  std::size_t bytes_ = 0;
};

/// What one round of the fan-out brings, put together once for all viewers with the same wish: of
/// the newest frames, by slot, those that are new.
class Bundles {
 public:
  explicit Bundles(std::array<Framed, protocol::kSlots>& newest) : newest_(newest) {}

  /// Nothing is new any more. Before a frame of the last round is replaced.
  void clear();
  void add(std::size_t slot) { fresh_ |= protocol::SlotMask{1} << slot; }
  protocol::SlotMask fresh() const { return fresh_; }

  /// Holds until the next call.
  const Bundle& of(const Subscription& wish, Framing framing, MessageDeflater& deflater);

 private:
  struct Made {
    std::size_t variant;
    protocol::ChannelMask channels;
    Framing framing;
    Bundle bundle;
  };

  std::array<Framed, protocol::kSlots>& newest_;
  protocol::SlotMask fresh_ = 0;
  std::vector<Made> made_;
  Bundle last_;  // that there was no room for among those made
};

}  // namespace keisei::edge
