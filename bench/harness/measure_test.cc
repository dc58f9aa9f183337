#include "harness/measure.h"

#include <gmock/gmock.h>

#include <string>

namespace keisei::harness {
namespace {

using ::testing::ElementsAre;

TEST(Measure, TakesTurnsAndDoesNotCountTheFirstRound) {
  std::string order;
  double at = 0;
  const auto figures = measure({{"a", at_least(1),
                                 [&] {
                                   order += 'a';
                                   return at++;
                                 }},
                                {"b",
                                 {},
                                 [&] {
                                   order += 'b';
                                   return 0.0;
                                 }}},
                               2);
  EXPECT_EQ(order, "ababab");
  ASSERT_EQ(figures.size(), 2U);
  EXPECT_THAT(figures[0].samples, ElementsAre(1, 2));
  EXPECT_EQ(figures[0].bar->value, 1);
}

TEST(FastRandom, StaysBelowAndReachesEverything) {
  FastRandom random;
  std::string seen(5, '-');
  for (int i = 0; i < 100; ++i) seen.at(random.below(5)) = '+';
  EXPECT_EQ(seen, "+++++");
}

}  // namespace
}  // namespace keisei::harness
