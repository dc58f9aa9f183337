#include "redis/backoff.h"

#include <gmock/gmock.h>

namespace keisei::redis {
namespace {

TEST(Backoff, WaitsLongerEachTimeUpToABound) {
  Backoff backoff([] { return 1.0; });
  EXPECT_EQ(backoff.next().count(), 100);
  EXPECT_EQ(backoff.next().count(), 200);
  EXPECT_EQ(backoff.next().count(), 400);
  for (int i = 0; i < 10; ++i) backoff.next();
  EXPECT_EQ(backoff.next(), Backoff::kMost);
}

TEST(Backoff, NeverWaitsLessThanItsLeast) {
  Backoff backoff([] { return 0.0; });
  for (int i = 0; i < 10; ++i) EXPECT_EQ(backoff.next(), Backoff::kLeast);
}

TEST(Backoff, BeginsAnewAfterASuccess) {
  Backoff backoff([] { return 1.0; });
  for (int i = 0; i < 5; ++i) backoff.next();
  backoff.succeeded();
  EXPECT_EQ(backoff.next().count(), 100);
}

}  // namespace
}  // namespace keisei::redis
