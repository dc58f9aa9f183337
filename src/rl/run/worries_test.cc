#include "rl/run/worries.h"

#include <gtest/gtest.h>

namespace keisei::rl {
namespace {

TEST(Worries, SayEachKindOfProblemOnce) {
  Display display(Display::Mode::quiet);
  Worries worries(display);
  testing::internal::CaptureStderr();
  worries.check({});
  worries.check(fail("checkpoint-00000004.keisei: no space left"));
  worries.check(fail("checkpoint-00000005.keisei: no space left"));
  worries.check(fail("games.jsonl: no space left"));
  EXPECT_EQ(testing::internal::GetCapturedStderr(),
            "keisei-train: checkpoint-00000004.keisei: no space left (training goes on)\n"
            "keisei-train: games.jsonl: no space left (training goes on)\n");
}

}  // namespace
}  // namespace keisei::rl
