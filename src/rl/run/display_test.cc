#include "rl/run/display.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

#include "base/testing/held_terminal.h"

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

struct AwakeDisplay : testing::TestWithParam<Display::Mode> {};
INSTANTIATE_TEST_SUITE_P(Modes, AwakeDisplay,
                         testing::Values(Display::Mode::live, Display::Mode::plain));

TEST_P(AwakeDisplay, NeverWaitsForATerminalThatIsHeld) {
  HeldTerminal terminal;
  Display display(GetParam(), terminal.descriptor(), terminal.descriptor());
  for (int update = 1; update <= 3; ++update) {
    display.say("evaluation");
    display.warn("the disk is full");
    display.show({}, "update");
  }
  terminal.release();
  display.warn("the disk is still full");
  display.say("seen");
  display.finish("the end");
  const std::string shown = terminal.shown_until("the end\r\n");
  EXPECT_NE(shown.find("keisei-train: the disk is still full (left out before: 3)\r\n"),
            std::string::npos)
      << shown;
  EXPECT_NE(shown.find("lines were left out here: nobody took them)\r\n"), std::string::npos)
      << shown;
  EXPECT_EQ(shown.find("evaluation"), std::string::npos) << shown;
}

}  // namespace
}  // namespace keisei::rl
