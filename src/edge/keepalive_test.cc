#include "edge/keepalive.h"

#include <gtest/gtest.h>

namespace keisei::edge {
namespace {

using namespace std::chrono_literals;
using Verdict = Keepalive::Verdict;

constexpr SteadyTime kStart{1h};

TEST(Keepalive, PingsEveryFifteenSeconds) {
  Keepalive keepalive({}, kStart);
  keepalive.greeted();
  EXPECT_EQ(keepalive.check(kStart + 14s), Verdict::fine);
  EXPECT_EQ(keepalive.check(kStart + 15s), Verdict::ping_now);
  EXPECT_EQ(keepalive.check(kStart + 16s), Verdict::fine);
  EXPECT_EQ(keepalive.check(kStart + 30s), Verdict::ping_now);
}

TEST(Keepalive, GivesUpWhoeverAnswersNoPingFor45Seconds) {
  Keepalive keepalive({}, kStart);
  keepalive.greeted();
  EXPECT_NE(keepalive.check(kStart + 45s), Verdict::no_pong);
  EXPECT_EQ(keepalive.check(kStart + 46s), Verdict::no_pong);
}

TEST(Keepalive, KeepsWhoeverAnswers) {
  Keepalive keepalive({}, kStart);
  keepalive.greeted();
  for (auto now = kStart; now < kStart + 10min; now += 40s) {
    EXPECT_NE(keepalive.check(now), Verdict::no_pong);
    keepalive.heard_pong(now);
  }
}

TEST(Keepalive, WaitsThirtySecondsForAHelloWhateverElseComes) {
  Keepalive keepalive({}, kStart);
  keepalive.heard_pong(kStart + 29s);
  EXPECT_NE(keepalive.check(kStart + 30s), Verdict::no_hello);
  EXPECT_EQ(keepalive.check(kStart + 31s), Verdict::no_hello);
}

}  // namespace
}  // namespace keisei::edge
