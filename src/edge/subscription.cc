#include "edge/subscription.h"

namespace keisei::edge {

Result<Subscription> changed(const Subscription& before, const protocol::Hello& hello) {
  if (hello.channels && hello.channels->empty()) {
    return fail(ErrorCode::bad_field, "channels", "channels: names none");
  }
  Subscription after = before;
  if (hello.level) after.level = *hello.level;
  if (hello.language) after.language = *hello.language;
  if (hello.channels) {
    after.channels = {};
    for (const protocol::ChannelWish wish : *hello.channels) after.channels.add(wish);
  }
  if (hello.max_fps) after.max_fps = static_cast<std::uint8_t>(*hello.max_fps);
  if (hello.quality) after.low_quality = *hello.quality == protocol::Quality::low;
  return after;
}

}  // namespace keisei::edge
