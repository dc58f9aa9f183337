#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "edge/websocket_frames.h"

namespace keisei::simulation {

/// A client's view of what the showcase sends over one connection: the answer to its upgrade, then
/// frames.
class ClientStream {
 public:
  struct Frame {
    edge::Opcode opcode;
    std::string payload;

    /// Of a close frame; 0 without one.
    std::uint16_t close_code() const;
  };

  /// A request for an upgrade; `fields` are whole lines.
  static std::string request(std::string_view target, std::string_view fields = {});
  /// A frame as clients send it.
  static std::string frame(edge::Opcode opcode, std::string_view payload);

  void feed(std::string_view bytes) { unread_ += bytes; }
  /// Of the answer; none until it is whole. 0 if it is none.
  std::optional<int> status();
  /// The next whole frame after an upgrade.
  std::optional<Frame> next();

 private:
  std::string unread_;
  std::optional<int> status_;
};

}  // namespace keisei::simulation
