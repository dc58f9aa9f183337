#include "edge/subscription.h"

#include "protocol/codec.h"

namespace keisei::edge {
namespace {

using protocol::ErrorMessage;

tl::unexpected<ErrorMessage> refuse_undecoded(std::string_view json, Error error) {
  if (error.code == ErrorCode::unknown_type) {
    const auto type = protocol::peek_type(json);
    if (type) error.message = "\"" + *type + "\" is no message of viewers";
  }
  return tl::unexpected<ErrorMessage>(protocol::error_message(error));
}

}  // namespace

tl::expected<Subscription, ErrorMessage> apply_hello(std::string_view json,
                                                     const Subscription& before) {
  const auto hello = protocol::decode<protocol::Hello>(json);
  if (!hello) return refuse_undecoded(json, hello.error());
  if (hello->channels && hello->channels->empty()) {
    return tl::unexpected<ErrorMessage>(
        ErrorMessage{ErrorCode::bad_field, "channels", "channels: names none"});
  }
  Subscription after = before;
  if (hello->level) after.level = *hello->level;
  if (hello->language) after.language = *hello->language;
  if (hello->channels) {
    after.channels = {};
    for (const protocol::ChannelWish wish : *hello->channels) after.channels.add(wish);
  }
  if (hello->max_fps) after.max_fps = static_cast<std::uint8_t>(*hello->max_fps);
  if (hello->quality) after.low_quality = *hello->quality == protocol::Quality::low;
  return after;
}

}  // namespace keisei::edge
