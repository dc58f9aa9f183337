#include "search/time_control.h"

#include <gtest/gtest.h>

namespace keisei::search {
namespace {

using namespace std::chrono_literals;
using shogi::Color;

constexpr auto kMargin = 100ms;

auto black(const TimeControl& control) { return thinking_time(control, Color::black, kMargin); }

TEST(ThinkingTime, HasNoLimitWithoutAClock) { EXPECT_EQ(black({}), std::nullopt); }

TEST(ThinkingTime, IsTheByoyomiLessTheMarginWhenNothingElseIsLeft) {
  EXPECT_EQ(black({.black = 0ms, .white = 9s, .byoyomi = 1s}), 900ms);
}

TEST(ThinkingTime, IsAShareOfWhatTheMoverHasLeft) {
  const TimeControl control{.black = 400s, .white = 40s};
  EXPECT_EQ(black(control), 10s);
  EXPECT_EQ(thinking_time(control, Color::white, kMargin), 1s);
}

TEST(ThinkingTime, AddsTheIncrement) {
  EXPECT_EQ(black({.black = 40s, .white = 40s, .black_increment = 2s, .white_increment = 5s}), 3s);
}

TEST(ThinkingTime, NeverExceedsWhatIsLeft) {
  for (const auto left : {0ms, 50ms, 150ms, 1000ms, 5000ms}) {
    for (const auto byoyomi : {0ms, 300ms, 2000ms}) {
      const auto time = black({.black = left, .white = left, .byoyomi = byoyomi});
      if (!time) continue;
      EXPECT_LE(*time, std::max(1ms, left + byoyomi - kMargin));
      EXPECT_GE(*time, 1ms);
    }
  }
}

TEST(ThinkingTime, IsTheTimeForTheMoveIfThatIsGiven) {
  EXPECT_EQ(black({.black = 400s, .white = 400s, .move_time = 2s}), 1900ms);
}

TEST(ThinkingTime, IsShortOnAFlagThatIsAboutToFall) {
  EXPECT_EQ(black({.black = 20ms, .white = 400s}), 1ms);
}

}  // namespace
}  // namespace keisei::search
