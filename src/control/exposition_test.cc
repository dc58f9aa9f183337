#include "control/exposition.h"

#include <gmock/gmock.h>

namespace keisei::control {
namespace {

using ::testing::HasSubstr;

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

}  // namespace
}  // namespace keisei::control
