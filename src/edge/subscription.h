#pragma once

#include <algorithm>
#include <cstdint>

#include "base/result.h"
#include "protocol/routing.h"

namespace keisei::edge {

inline constexpr int kLowQualityFps = 2;

/// What a viewer asked for. The default is what a viewer gets who says hello and nothing else.
struct Subscription {
  protocol::Level level = protocol::Level::intermediate;
  protocol::Language language = protocol::Language::en;
  protocol::ChannelMask channels = protocol::ChannelMask::all();
  std::uint8_t max_fps = 0;  // 0: as fast as there is news
  bool low_quality = false;  // at most kLowQualityFps

  /// Frames of each type per second, 0 for no limit.
  int pace() const {
    if (!low_quality) return max_fps;
    return max_fps == 0 ? kLowQualityFps : std::min<int>(max_fps, kLowQualityFps);
  }
};

/// What the viewer wants after a hello, which changes only what it names.
Result<Subscription> changed(const Subscription& before, const protocol::Hello& hello);

}  // namespace keisei::edge
