#include "hook/transport/reconnect_policy.h"

#include <gtest/gtest.h>

namespace keisei::hook {
namespace {

using namespace std::chrono_literals;

constexpr ReconnectPolicy::Options kOptions{.backoff_min = 1s,
                                            .backoff_max = 30s,
                                            .breaker_failures = 3,
                                            .breaker_wait = 30s,
                                            .replaced_min = 60s,
                                            .replaced_max = 600s};

const SteadyTime kStart = SteadyTime() + 1000s;

TEST(ReconnectPolicy, MayConnectAtOnceAtFirst) {
  EXPECT_TRUE(ReconnectPolicy(kOptions, [] { return 0.5; }).may_connect(kStart));
}

TEST(ReconnectPolicy, WaitsLongerAfterEachFailure) {
  ReconnectPolicy policy(kOptions, [] { return 1.0; });
  policy.on_lost(kStart);
  EXPECT_EQ(policy.next_attempt() - kStart, 2s);
  policy.on_lost(kStart);
  EXPECT_EQ(policy.next_attempt() - kStart, 4s);
}

TEST(ReconnectPolicy, SpreadsItsAttemptsAtRandom) {
  ReconnectPolicy policy(kOptions, [] { return 0.25; });
  policy.on_lost(kStart);
  EXPECT_EQ(policy.next_attempt() - kStart, 1250ms);
}

TEST(ReconnectPolicy, OpensTheCircuitAfterThreeFailures) {
  ReconnectPolicy policy(kOptions, [] { return 0.0; });
  for (int i = 0; i < 3; ++i) policy.on_lost(kStart);
  EXPECT_TRUE(policy.is_open());
  EXPECT_FALSE(policy.may_connect(kStart + 29s));
  EXPECT_TRUE(policy.may_connect(kStart + 30s));
}

TEST(ReconnectPolicy, OpensAgainWhenTheProbeFails) {
  ReconnectPolicy policy(kOptions, [] { return 0.0; });
  for (int i = 0; i < 4; ++i) policy.on_lost(kStart);
  EXPECT_EQ(policy.next_attempt() - kStart, 30s);
}

TEST(ReconnectPolicy, ClosesTheCircuitOnceAConnectionHasHeld) {
  ReconnectPolicy policy(kOptions, [] { return 0.0; });
  for (int i = 0; i < 3; ++i) policy.on_lost(kStart);
  policy.on_connected(kStart);
  policy.on_lost(kStart + ReconnectPolicy::kProven);
  EXPECT_FALSE(policy.is_open());
  EXPECT_EQ(policy.next_attempt() - (kStart + ReconnectPolicy::kProven), 1s);
}

TEST(ReconnectPolicy, TakesAConnectionThatBreaksAtOnceForAFailure) {
  ReconnectPolicy policy(kOptions, [] { return 0.0; });
  for (int i = 0; i < 3; ++i) {
    policy.on_connected(kStart);
    policy.on_lost(kStart + 1ms);
  }
  EXPECT_TRUE(policy.is_open());
}

TEST(ReconnectPolicy, WaitsNoLongerThanItsBackoff) {
  ReconnectPolicy::Options options = kOptions;
  options.backoff_min = 250ms;
  options.backoff_max = 2s;
  ReconnectPolicy policy(options, [] { return 0.999; });
  for (int i = 0; i < 10; ++i) {
    policy.on_lost(kStart);
    EXPECT_LE(policy.next_attempt() - kStart, 2s);
  }
}

TEST(ReconnectPolicy, KeepsAwayEverLongerWhileThereIsAnotherTrainer) {
  ReconnectPolicy policy(kOptions, [] { return 0.5; });
  policy.on_connected(kStart);
  EXPECT_FALSE(policy.yields());
  for (const auto wait : {60s, 120s, 240s, 480s, 600s, 600s}) {
    policy.on_replaced(kStart);
    EXPECT_EQ(policy.next_attempt() - kStart, wait);
    EXPECT_TRUE(policy.yields());
  }
}

TEST(ReconnectPolicy, ForgetsTheOtherTrainerOnceAConnectionIsProven) {
  ReconnectPolicy policy(kOptions, [] { return 0.5; });
  policy.on_replaced(kStart);
  policy.on_connected(kStart + 60s);
  policy.on_lost(kStart + 660s);
  EXPECT_TRUE(policy.yields()) << "nothing was confirmed";
  policy.on_connected(kStart + 660s);
  policy.on_proven();
  EXPECT_FALSE(policy.yields());
  policy.on_replaced(kStart + 700s);
  EXPECT_EQ(policy.next_attempt() - (kStart + 700s), 60s);
}

}  // namespace
}  // namespace keisei::hook
