#include "doctor/clock_check.h"

#include <gmock/gmock.h>

#include <chrono>

#include "base/testing/manual_clock.h"

namespace keisei::doctor {
namespace {

using ::testing::HasSubstr;
using namespace std::chrono_literals;

const WallTime kNow = WallTime(1'800'000'000s);

TEST(ClockCheck, IsContentWithAClockThatIsKept) {
  const Finding found = check_own_clock(ClockState::kept, kNow);
  EXPECT_EQ(found.verdict, Verdict::ok);
  EXPECT_THAT(found.found, HasSubstr("2027-01-15 08:00:00 UTC"));
}

TEST(ClockCheck, WarnsOfAClockThatNobodyKeeps) {
  EXPECT_EQ(check_own_clock(ClockState::not_kept, kNow).verdict, Verdict::warning);
}

TEST(ClockCheck, DoesNotGuessWhereTheKernelDoesNotSay) {
  EXPECT_EQ(check_own_clock(ClockState::unknown, kNow).verdict, Verdict::ok);
}

TEST(ClockCheck, FailsInThePast) {
  EXPECT_EQ(check_own_clock(ClockState::kept, WallTime(60s)).verdict, Verdict::failed);
}

TEST(ClockCheck, SaysHowFarTheShowcasesClockIsAhead) {
  const Finding found = compare_clocks(unix_seconds(kNow) + 3600, kNow - 5ms, kNow + 5ms);
  EXPECT_EQ(found.verdict, Verdict::warning);
  EXPECT_EQ(found.found, "the showcase's clock is 3600.000 s (±0.005) ahead of this machine's");
}

TEST(ClockCheck, SaysHowFarTheShowcasesClockIsBehind) {
  EXPECT_THAT(compare_clocks(unix_seconds(kNow) - 3600, kNow, kNow).found, HasSubstr("behind"));
}

TEST(ClockCheck, BlamesNoClockForASlowAnswer) {
  EXPECT_EQ(compare_clocks(unix_seconds(kNow), kNow - 10s, kNow).verdict, Verdict::ok);
}

}  // namespace
}  // namespace keisei::doctor
