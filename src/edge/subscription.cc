#include "edge/subscription.h"

#include <algorithm>

#include "protocol/codec.h"

namespace keisei::edge {
namespace {

using protocol::ErrorMessage;

tl::unexpected<ErrorMessage> refuse(std::string code, std::string field, std::string message) {
  return tl::unexpected<ErrorMessage>(
      ErrorMessage{std::move(code), std::move(field), std::move(message)});
}

tl::unexpected<ErrorMessage> refuse_undecoded(std::string_view json, const Error& error) {
  std::string code(protocol::to_string(error.code));
  if (error.code == ErrorCode::unknown_type) {
    const auto type = protocol::peek_type(json);
    if (type) {
      return refuse(std::move(code), error.field, "\"" + *type + "\" is no message of viewers");
    }
  }
  return refuse(std::move(code), error.field, error.message);
}

std::uint8_t channel_mask(const std::vector<std::string>& names) {
  unsigned mask = 0;
  for (const std::string& name : names) {
    if (name == "all") return 0xFF;
    const auto found = std::find(kChannelNames.begin(), kChannelNames.end(), name);
    mask |= 1U << (found - kChannelNames.begin());
  }
  return static_cast<std::uint8_t>(mask);
}

}  // namespace

std::vector<std::string> Subscription::channel_names() const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < kChannelNames.size(); ++i) {
    if (has(static_cast<protocol::Channel>(i))) names.emplace_back(kChannelNames[i]);
  }
  return names;
}

tl::expected<Subscription, ErrorMessage> apply_hello(std::string_view json,
                                                     const Subscription& before) {
  const auto hello = protocol::decode<protocol::Hello>(json);
  if (!hello) return refuse_undecoded(json, hello.error());
  if (hello->channels && hello->channels->empty()) {
    return refuse("bad_field", "channels", "channels: names none");
  }
  Subscription after = before;
  if (hello->level) after.level = *hello->level;
  if (hello->language) after.language = *hello->language;
  if (hello->channels) after.channels = channel_mask(*hello->channels);
  if (hello->max_fps) after.max_fps = static_cast<std::uint8_t>(*hello->max_fps);
  if (hello->quality) after.low_quality = *hello->quality == "low";
  return after;
}

}  // namespace keisei::edge
