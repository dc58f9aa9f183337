#include "base/counters.h"

#include <gmock/gmock.h>

#include <thread>
#include <type_traits>

namespace keisei {
namespace {

BOOST_DEFINE_ENUM_CLASS(Fault, too_long, too_often)

static_assert(!std::is_default_constructible_v<Counter> && !std::is_copy_constructible_v<Counter>,
              "a counter outside a registry would never be exposed");
static_assert(!std::is_default_constructible_v<Gauge> && !std::is_copy_constructible_v<Gauge>);

TEST(Counters, ReadWhatHasBeenCounted) {
  Counters counters;
  counters.counter("keisei_test_cuts_total", "Cuts.").add(3);
  counters.gauge("keisei_test_viewers", "Viewers.").set(-2);
  const auto families = counters.read();
  ASSERT_EQ(families.size(), 2u);
  EXPECT_EQ(families[0].name, "keisei_test_cuts_total");
  EXPECT_EQ(families[0].help, "Cuts.");
  EXPECT_EQ(families[0].values.at(0).value, 3);
  EXPECT_EQ(families[1].kind, Counters::Kind::gauge);
  EXPECT_EQ(families[1].values.at(0).value, -2);
}

TEST(Counters, ShowEveryReasonFromTheStart) {
  Counters counters;
  const auto refused = counters.family<Fault>("keisei_test_refused_total", "Refused.");
  refused[Fault::too_often].add();
  const auto families = counters.read();
  ASSERT_EQ(families.size(), 1u);
  EXPECT_EQ(families[0].label_name, "reason");
  ASSERT_EQ(families[0].values.size(), 2u);
  EXPECT_EQ(families[0].values[0].label, "too_long");
  EXPECT_EQ(families[0].values[0].value, 0);
  EXPECT_EQ(families[0].values[1].value, 1);
  EXPECT_EQ(refused.total(), 1u);
}

TEST(Counters, GiveTheSameCounterToAllWhoNameIt) {
  Counters counters;
  counters.counter("keisei_test_cuts_total", "Cuts.").add();
  counters.counter("keisei_test_cuts_total", "Cuts.").add();
  EXPECT_EQ(counters.counter("keisei_test_cuts_total", "Cuts.").value(), 2u);
  EXPECT_EQ(counters.read().size(), 1u);
}

TEST(Counters, LoseNothingBetweenThreads) {
  Counters counters;
  Counter& cuts = counters.counter("keisei_test_cuts_total", "Cuts.");
  constexpr int kTimes = 10'000;
  const auto count = [&] {
    for (int i = 0; i < kTimes; ++i) cuts.add();
  };
  std::thread other(count);
  count();
  other.join();
  EXPECT_EQ(cuts.value(), 2u * kTimes);
}

}  // namespace
}  // namespace keisei
