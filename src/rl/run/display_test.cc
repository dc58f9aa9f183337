#include "rl/run/display.h"

#include <gtest/gtest.h>

#include <thread>

namespace keisei::rl {
namespace {

struct DisplayIn : testing::TestWithParam<Display::Mode> {};
INSTANTIATE_TEST_SUITE_P(Modes, DisplayIn,
                         testing::Values(Display::Mode::live, Display::Mode::plain,
                                         Display::Mode::quiet));

// A stream warns from a thread of its own.
TEST_P(DisplayIn, AnyModeWarnsOnStandardErrorWhicheverThreadItIs) {
  testing::internal::CaptureStderr();
  testing::internal::CaptureStdout();
  Display display(GetParam());
  display.show({}, "update 1");
  std::thread([&] { display.warn("streaming to the showcase: stopped working: refused"); }).join();
  display.show({}, "update 2");
  testing::internal::GetCapturedStdout();
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "keisei-train: streaming to the showcase: stopped working: refused\n");
}

TEST(LiveDisplay, IsDrawnAnewUnderAWarning) {
  testing::internal::CaptureStdout();
  Display display(Display::Mode::live);
  Progress progress;
  progress.last_game = "game 12: a draw";
  display.show(progress, "");
  display.warn("the disk is full");
  const std::string drawn = testing::internal::GetCapturedStdout();
  const std::size_t again = drawn.rfind("game 12");
  EXPECT_NE(drawn.find("game 12"), again);
  EXPECT_LT(drawn.find("\x1b[J"), again) << "the old one was erased first";
}

}  // namespace
}  // namespace keisei::rl
