#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "protocol/messages.h"

/// What crosses the border between the studio and the edges.
namespace keisei::broker {

/// What an edge may do with a frame that a viewer is too slow to take.
enum class Delivery {
  latest,         // replace it by the next one of the same type: only the newest state matters
  must_not_lose,  // queue it: milestones, reveals
};

/// An encoded message. Shared and never changed, so any number of threads may hold it.
using Bytes = std::shared_ptr<const std::string>;

inline constexpr std::size_t kVariants = 6;

constexpr std::size_t variant_index(protocol::Level level, protocol::Language language) {
  return static_cast<std::size_t>(level) * 2 + static_cast<std::size_t>(language);
}

/// One message in the six forms that viewers can ask for, level by level and language by language.
/// Variants that read the same may share their bytes; none is null.
struct Frame {
  protocol::Channel channel;
  std::string type;  // as in the message's "type"; the unit of conflation
  Delivery delivery;
  std::array<Bytes, kVariants> variants;
};

using FramePtr = std::shared_ptr<const Frame>;

/// Frames that were made at the same moment and should reach a viewer together, in this order.
using FrameBatch = std::vector<FramePtr>;

}  // namespace keisei::broker
