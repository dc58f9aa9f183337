#include "protocol/metric_table.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <cmath>
#include <set>
#include <string>

#include "protocol/codec.h"

namespace keisei::protocol {
namespace {

std::string error_of(const PpoMetrics& message) {
  const Result<PpoMetrics> read = decode<PpoMetrics>(encode(message, 1, 1));
  return read ? "accepted" : read.error().message;
}

TEST(MetricTable, NamesEveryMetricOnceToTrainersToo) {
  std::set<std::string_view> keys;
  for (const MetricRow& row : kMetricTable) {
    EXPECT_TRUE(keys.insert(row.trainer_key).second) << row.trainer_key;
    EXPECT_EQ(metric_of(row.trainer_key), row.metric);
  }
}

TEST(MetricTable, FindsAMetricWithoutWhatItsKeyBeginsWith) {
  EXPECT_EQ(metric_of("kl_divergence_approx"), Metric::kl_divergence);
  EXPECT_EQ(metric_of("samples_per_s"), Metric::samples_per_s);
  EXPECT_EQ(metric_of("ppo/loss"), std::nullopt);
}

TEST(EnumMap, IsAnObjectWithEveryNameAsAKey) {
  PpoMetrics message{};
  message.metrics[Metric::entropy] = 3.25;
  const std::string text = encode(message, 1, 1);
  EXPECT_NE(text.find(R"("metrics":{"policy_loss":null,"value_loss":null,"entropy":3.25,)"),
            std::string::npos)
      << text;
}

TEST(EnumMap, HoldsEveryEntryToItsOwnRow) {
  PpoMetrics message{};
  message.metrics[Metric::policy_loss] = -1;
  EXPECT_EQ(error_of(message), "accepted");
  message.metrics[Metric::clip_fraction] = 1.5;
  EXPECT_EQ(error_of(message), "metrics.clip_fraction: 1.5 is not in 0..1");
}

TEST(EnumMap, RefusesAKeyThatIsMissingOrUnknown) {
  const std::string text = encode(PpoMetrics{}, 1, 1);
  const auto error_with = [&](const std::string& replacement) {
    std::string changed = text;
    const std::string key = R"("value_loss":null)";
    changed.replace(changed.find(key), key.size(), replacement);
    return decode<PpoMetrics>(changed).error().message;
  };
  EXPECT_EQ(error_with(R"("x":1)"), "metrics.value_loss: missing");
  EXPECT_EQ(error_with(R"("value_loss":null,"x":1)"), "metrics.x: unknown field");
}

RC_GTEST_PROP(EnumMap, CarriesItsNumbersToTheDigitsOfTheTable, ()) {
  PpoMetrics message{};
  for (const Metric metric : enumerators<Metric>()) {
    const Rule& rule = row_of(metric).rule;
    const double size = *rc::gen::inRange(0, 1000001) / 1e6;
    message.metrics[metric] = rule.min < 0 ? -size : size;
  }
  const Result<PpoMetrics> read = decode<PpoMetrics>(encode(message, 1, 1));
  RC_ASSERT(read.has_value());
  for (const Metric metric : enumerators<Metric>()) {
    const double sent = *message.metrics[metric];
    const double tolerance = 0.51 * std::abs(sent) * std::pow(10.0, 1 - row_of(metric).rule.digits);
    RC_ASSERT(std::abs(*read->metrics[metric] - sent) <= tolerance);
  }
}

}  // namespace
}  // namespace keisei::protocol
