#include "control/exposition.h"

#include <gmock/gmock.h>

#include "base/testing/manual_clock.h"

namespace keisei::control {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

BOOST_DEFINE_ENUM_CLASS(Fault, too_long, too_often)

TEST(Exposition, TellsPrometheusWhatAValueIs) {
  Counters counters;
  counters.counter("keisei_test_cuts_total", "Cuts.").add(3);
  counters.gauge("keisei_test_viewers", "Viewers.").set(7);
  const std::string text = exposition(counters.read());
  EXPECT_THAT(text, HasSubstr("# HELP keisei_test_cuts_total Cuts.\n"
                              "# TYPE keisei_test_cuts_total counter\n"
                              "keisei_test_cuts_total 3\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE keisei_test_viewers gauge\nkeisei_test_viewers 7\n"));
}

TEST(Exposition, ShowsEveryReasonEvenBeforeItHappens) {
  Counters counters;
  counters.family<Fault>("keisei_test_refused_total", "Refused.")[Fault::too_often].add();
  const std::string text = exposition(counters.read());
  EXPECT_THAT(text, HasSubstr("keisei_test_refused_total{reason=\"too_long\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("keisei_test_refused_total{reason=\"too_often\"} 1\n"));
}

TEST(Exposition, KeepsLargeNumbersExact) {
  Counters counters;
  counters.counter("keisei_test_frames_total", "Frames.").add(123'456'789'012);
  EXPECT_THAT(exposition(counters.read()), HasSubstr("keisei_test_frames_total 123456789012\n"));
}

TEST(Exposition, ShowsHowItStandsWithEveryTopic) {
  const ManualClock clock;
  Notices notices(clock, [](const Notices::Notice&) {});
  Topic& link = notices.topic("link", "the link");
  notices.topic("games", "games").happened("broken", 7);
  for (int i = 0; i < 3; ++i) {
    link.works();
    link.fails("401");
  }
  const std::string text = exposition(families_of(notices.read()));
  EXPECT_THAT(text, HasSubstr("# TYPE keisei_trouble gauge\n"
                              "keisei_trouble{topic=\"link\"} 1\n"
                              "keisei_trouble{topic=\"games\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("keisei_trouble_begun_total{topic=\"link\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("keisei_happened_total{topic=\"games\"} 7\n"));
}

TEST(Exposition, HasNoFamilyWithoutATopic) {
  const ManualClock clock;
  const Notices notices(clock, [](const Notices::Notice&) {});
  EXPECT_THAT(families_of(notices.read()), IsEmpty());
}

}  // namespace
}  // namespace keisei::control
