#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "broker/frame.h"
#include "edge/permessage_deflate.h"
#include "edge/subscription.h"
#include "edge/websocket_frames.h"

namespace keisei::edge {

/// How messages travel to a viewer: as WebSocket frames, the same compressed where that saves
/// something, or as server-sent events (HTML Living Standard, §9.2).
enum class Framing : std::uint8_t { plain, deflated, events };

/// One message as an event: JSON of ours has no line breaks.
inline std::string event_bytes(std::string_view text) {
  return std::string("data: ").append(text).append("\n\n");
}

/// A frame of the studio as it is sent, made once for each framing that a viewer wants and shared
/// by all of them.
class Framed {
 public:
  /// Nothing yet.
  Framed() = default;
  /// `edition`: of what is given on joining; rises with each of them.
  explicit Framed(const broker::Frame& frame, std::uint32_t edition = 0)
      : message_(frame.message), edition_(edition), texts_(frame.variants) {}

  std::size_t message() const { return message_; }
  std::uint32_t edition() const { return edition_; }

  /// What a viewer with this wish is sent; null if nothing.
  const broker::Bytes& bytes_for(const Subscription& wish, Framing framing,
                                 MessageDeflater& deflater) {
    static const broker::Bytes kNothing;
    const protocol::Route& route = protocol::kMessageTable[message_].route;
    const bool is_wanted =
        route.audience != protocol::Audience::viewers || wish.channels.has(route.channel);
    if (!is_wanted) return kNothing;
    return bytes(protocol::variant_index(wish.level, wish.language), framing, deflater);
  }

 private:
  /// Null if there is nothing yet.
  const broker::Bytes& bytes(std::size_t variant, Framing framing, MessageDeflater& deflater) {
    switch (framing) {
      case Framing::plain:
        return plain(variant);
      case Framing::deflated:
        return once(deflated_, variant, [&](const std::string& text) -> broker::Bytes {
          if (text.size() < kWorthwhile) return plain(variant);
          const std::string payload = deflater.deflate(text);
          if (payload.size() >= text.size()) return plain(variant);
          return std::make_shared<const std::string>(deflated_frame_bytes(Opcode::text, payload));
        });
      case Framing::events:
        return once(events_, variant, [](const std::string& text) {
          return std::make_shared<const std::string>(event_bytes(text));
        });
    }
    return plain(variant);
  }
  const broker::Bytes& plain(std::size_t variant) {
    return once(plain_, variant, [](const std::string& text) {
      return std::make_shared<const std::string>(frame_bytes(Opcode::text, text));
    });
  }

  static constexpr std::size_t kWorthwhile = 128;
  using Variants = std::array<broker::Bytes, protocol::kVariants>;

  // Variants that read the same share their bytes.
  template <class Make>
  const broker::Bytes& once(Variants& made, std::size_t variant, const Make& make) {
    broker::Bytes& bytes = made[variant];
    if (bytes || !texts_[variant]) return bytes;
    for (std::size_t other = 0; other < made.size() && !bytes; ++other) {
      if (texts_[other] == texts_[variant]) bytes = made[other];
    }
    if (!bytes) bytes = make(*texts_[variant]);
    return bytes;
  }

  std::size_t message_ = 0;
  std::uint32_t edition_ = 0;
  Variants texts_;
  Variants plain_;
  Variants deflated_;
  Variants events_;
};

}  // namespace keisei::edge
