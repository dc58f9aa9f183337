#include "studio/health/threshold_table.h"

#include <gmock/gmock.h>

#include <fstream>
#include <iterator>
#include <string>

#include "base/testing/temporary_folder.h"

namespace keisei::studio {
namespace {

using protocol::HealthMetric;
using ::testing::HasSubstr;

constexpr const char* kFile = KEISEI_SOURCE_DIR "/content/thresholds.json";

std::string why_refused(const std::string& from, const std::string& to) {
  std::ifstream in(kFile);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  text.replace(text.find(from), from.size(), to);
  const TemporaryFolder folder;
  folder.write("thresholds.json", text);
  const auto table = ThresholdTable::load(folder.path() / "thresholds.json");
  return table ? "nothing" : table.error().message;
}

TEST(ThresholdTable, SaysFromWhereOnAMetricIsCalledWhat) {
  const auto table = ThresholdTable::load(kFile);
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->scale(HealthMetric::clip_fraction).band_of(0.19), Band::working);
  EXPECT_EQ(table->scale(HealthMetric::clip_fraction).band_of(0.21), Band::watch);
  EXPECT_EQ(table->scale(HealthMetric::exploration).band_of(0.01), Band::alarm);
  EXPECT_EQ(table->color(protocol::Health::exploring), "#ef4444");
  EXPECT_EQ(table->cut(Cut::learning_rate_change), 0.01);
}

TEST(ThresholdTable, RefusesWhatItCannotUse) {
  EXPECT_THAT(why_refused(R"("below": 2.5, "margin": 0.25)", R"("below": 0.1, "margin": 0)"),
              HasSubstr("the bands are not in rising order"));
  EXPECT_THAT(why_refused(R"("band": "calm")", R"("band": "chaos")"),
              HasSubstr(R"("chaos" is no band)"));
  EXPECT_THAT(why_refused(R"("least": 3)", R"("least": 9)"), HasSubstr("at least its least"));
  EXPECT_THAT(why_refused(R"({ "band": "alarm", "health": "exploring" })",
                          R"({ "band": "alarm", "health": "exploring", "below": 9, "margin": 1 })"),
              HasSubstr(R"(the last band has a "below")"));
  EXPECT_THAT(why_refused("This show's, as a share of the same.", ""),
              HasSubstr("a source is empty"));
  EXPECT_THAT(why_refused(R"("range": "0 … 1")", R"("range": "")"), HasSubstr("a range is empty"));
  EXPECT_THAT(why_refused(R"("clip_fraction")", R"("clipping")"), HasSubstr("thresholds.json: "));
}

}  // namespace
}  // namespace keisei::studio
