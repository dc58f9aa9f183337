#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "broker/epoch.h"
#include "protocol/routing.h"

/// What goes from the studio to the edges.
namespace keisei::broker {

/// An encoded message. Shared and never changed, so any number of threads may hold it.
using Bytes = std::shared_ptr<const std::string>;

/// One message in the forms that viewers can ask for, level by level and language by language
/// (protocol::variant_index). How it travels and whom it is for follows from which message it is.
struct Frame {
  std::size_t message;  // protocol::message_index
  // Variants that read the same may share their bytes; none is null.
  std::array<Bytes, protocol::kVariants> variants;
  std::string viewer{};  // the client id, if the message's audience is one viewer; else empty

  const protocol::Route& route() const { return protocol::kMessageTable[message].route; }
};

using FramePtr = std::shared_ptr<const Frame>;

/// Frames that were made at the same moment and should reach a viewer together, in this order.
struct FrameBatch {
  Epoch epoch;
  std::vector<FramePtr> frames;

  /// For whoever falls behind: later frames of the same studio go along, and of what replaces its
  /// older selves only the newest stays.
  void merge(const FrameBatch& later) {
    for (const FramePtr& frame : later.frames) {
      if (protocol::is_newest_only(frame->message)) {
        std::erase_if(frames,
                      [&](const FramePtr& older) { return older->message == frame->message; });
      }
      frames.push_back(frame);
    }
  }
};

}  // namespace keisei::broker
