#include "studio/run/show_figures.h"

#include <gmock/gmock.h>

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;

const SteadyTime kStart{1h};

TEST(ShowFigures, AddUpTheViewersOfAllEdges) {
  ShowFigures figures(kStart);
  figures.count_viewers("a", 3, kStart);
  figures.count_viewers("b", 4, kStart);
  figures.count_viewers("a", 5, kStart + 1s);
  EXPECT_EQ(figures.viewers(kStart + 1s), 9);
}

TEST(ShowFigures, ForgetAnEdgeThatHasFallenSilent) {
  ShowFigures figures(kStart);
  figures.count_viewers("a", 3, kStart);
  figures.count_viewers("b", 4, kStart + 10s);
  EXPECT_EQ(figures.viewers(kStart + 15s), 7);
  EXPECT_EQ(figures.viewers(kStart + 16s), 4);
}

TEST(ShowFigures, GiveTheMedianLatencyOfTheLastTenSeconds) {
  ShowFigures figures(kStart);
  EXPECT_EQ(figures.latency_ms(kStart), std::nullopt);
  figures.record_latency(0, 9, kStart);
  for (const double late : {0.001, 0.002, 0.5}) figures.record_latency(5, 5 + late, kStart + 5s);
  EXPECT_NEAR(*figures.latency_ms(kStart + 15s), 2, 1e-6);
  EXPECT_EQ(figures.latency_ms(kStart + 16s), std::nullopt);
}

TEST(ShowFigures, ClaimNoLatencyAgainstAClockThatIsAhead) {
  ShowFigures figures(kStart);
  figures.record_latency(10, 5, kStart);
  EXPECT_EQ(figures.latency_ms(kStart), std::nullopt);
}

}  // namespace
}  // namespace keisei::studio
