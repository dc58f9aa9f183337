#include "http/rate_limit.h"

#include <gtest/gtest.h>

namespace keisei::http {
namespace {

using namespace std::chrono_literals;
using Verdict = RateLimit::Verdict;

constexpr RateLimitOptions kOptions{.per_second = 10, .burst = 3, .patience = 5};
constexpr SteadyTime kStart{1h};

TEST(RateLimit, AllowsABurstAndThenSaysOnceThatItIsEnough) {
  RateLimit limit(kOptions, kStart);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(limit.take(kStart), Verdict::allowed);
  EXPECT_EQ(limit.take(kStart), Verdict::exceeded);
  EXPECT_EQ(limit.take(kStart), Verdict::ignored);
}

TEST(RateLimit, AllowsSoManyASecondForEver) {
  RateLimit limit(kOptions, kStart);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(limit.take(kStart + i * 100ms), Verdict::allowed);
}

TEST(RateLimit, LosesPatienceWithWhoeverKeepsTrying) {
  RateLimit limit(kOptions, kStart);
  int tries = 1;
  while (limit.take(kStart) != Verdict::abusive) ++tries;
  EXPECT_EQ(tries, 3 + 5 + 1);
}

TEST(RateLimit, ForgivesAfterAWhile) {
  RateLimit limit(kOptions, kStart);
  for (int i = 0; i < 6; ++i) limit.take(kStart);
  EXPECT_NE(limit.take(kStart + 100ms), Verdict::allowed) << "the debt is paid first";
  EXPECT_EQ(limit.take(kStart + 1s), Verdict::allowed);
}

TEST(RateLimit, KeepsNoDebtBeyondItsPatience) {
  RateLimit limit(kOptions, kStart);
  for (int i = 0; i < 1000; ++i) limit.take(kStart);
  EXPECT_EQ(limit.take(kStart + 1s), Verdict::allowed);
}

}  // namespace
}  // namespace keisei::http
