#pragma once

#include <array>
#include <cstdint>

#include "broker/frame.h"
#include "edge/websocket_frames.h"

namespace keisei::edge {

/// A frame of the studio with its WebSocket headers, made once and shared by all viewers.
struct Framed {
  std::size_t message = 0;
  std::array<broker::Bytes, protocol::kVariants> variants{};  // null: nothing yet
  std::uint32_t edition = 0;  // of what is given on joining: rises with each of them
};

inline Framed framed(const broker::Frame& frame) {
  Framed made{frame.message, {}};
  for (std::size_t i = 0; i < made.variants.size(); ++i) {
    for (std::size_t k = 0; k < i; ++k) {
      if (frame.variants[k] == frame.variants[i]) made.variants[i] = made.variants[k];
    }
    if (!made.variants[i]) {
      made.variants[i] =
          std::make_shared<const std::string>(frame_bytes(Opcode::text, *frame.variants[i]));
    }
  }
  return made;
}

}  // namespace keisei::edge
