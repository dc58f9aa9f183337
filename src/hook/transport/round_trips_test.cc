#include "hook/transport/round_trips.h"

#include <gtest/gtest.h>

namespace keisei::hook {
namespace {

using namespace std::chrono_literals;

const SteadyTime kStart{1h};

TEST(RoundTrips, KnowNothingUntilSomethingIsConfirmed) {
  RoundTrips trips;
  trips.sent(1, kStart, 0);
  EXPECT_EQ(trips.median_ms(kStart), std::nullopt);
}

TEST(RoundTrips, GiveTheMedianOfTheLastTenSeconds) {
  RoundTrips trips;
  std::uint64_t seq = 0;
  for (const auto took : {9s, 0s}) {
    trips.sent(++seq, kStart, 0);
    trips.acknowledged(seq, kStart + took);
  }
  for (const auto took : {1ms, 2ms, 500ms}) {
    trips.sent(++seq, kStart + 15s, 0);
    trips.acknowledged(seq, kStart + 15s + took);
  }
  EXPECT_EQ(trips.median_ms(kStart + 20s), 2);
  EXPECT_EQ(trips.median_ms(kStart + 26s), std::nullopt);
}

TEST(RoundTrips, BeginWhenTrainingEmits) {
  RoundTrips trips;
  trips.sent(1, kStart, 0.25);
  trips.acknowledged(1, kStart + 1ms);
  EXPECT_NEAR(*trips.median_ms(kStart + 1ms), 251, 1e-3);
}

// Confirmations are held back, so that there are at most ten a second.
TEST(RoundTrips, MeasureTheLastOfSeveralThatAreConfirmedAtOnce) {
  RoundTrips trips;
  trips.sent(1, kStart, 0);
  trips.sent(2, kStart + 90ms, 0);
  trips.acknowledged(2, kStart + 92ms);
  EXPECT_EQ(trips.median_ms(kStart + 92ms), 2);
}

TEST(RoundTrips, BelieveNoWallClockThatWasSet) {
  RoundTrips trips;
  trips.sent(1, kStart, 3600);
  trips.acknowledged(1, kStart);
  trips.sent(2, kStart, -3600);
  trips.acknowledged(2, kStart);
  EXPECT_EQ(trips.median_ms(kStart), std::nullopt);
}

TEST(RoundTrips, ForgetWhatWasOnItsWayWhenTheConnectionWasLost) {
  RoundTrips trips;
  trips.sent(1, kStart, 0);
  trips.lost();
  trips.acknowledged(1, kStart + 1s);
  EXPECT_EQ(trips.median_ms(kStart + 1s), std::nullopt);
}

}  // namespace
}  // namespace keisei::hook
