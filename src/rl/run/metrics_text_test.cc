#include "rl/run/metrics_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>
#include <string>

namespace keisei::rl {
namespace {

using hook::Metric;

TEST(MetricsText, LogsTheNumbersThatItStreams) {
  MetricsManager metrics;
  Iteration iteration;
  iteration.learnt.figures[Metric::policy_loss] = -0.0125;
  iteration.learnt.figures[Metric::explained_variance] = std::nan("");
  iteration.samples = 100;
  iteration.selfplay_s = 1;
  iteration.update_s = 3;
  iteration.episodes.games = 4;
  iteration.episodes.plies = 320;
  iteration.episodes.black_wins = 3;
  iteration.learnt.figures[Metric::planned_share] = 0.5;
  metrics.add(iteration);
  EXPECT_EQ(metrics.format_ppo_metrics().metrics[Metric::mean_length], 80);
  EXPECT_EQ(metrics.format_ppo_metrics().metrics[Metric::samples_per_s], 25);
  const std::string line = metrics_line(metrics, 12.5);
  EXPECT_NE(line.find(R"("update":1,"global_step":100)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("ppo/policy_loss":-0.0125)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("ppo/explained_variance":null)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("time/samples_per_s":25)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("games/mean_length":80)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("games/black_win_share":0.75,"games/white_win_share":0,)"),
            std::string::npos)
      << line;
  EXPECT_TRUE(
      line.ends_with(R"("ppo/target_kl":null,"ppo/first_kl":null,"ppo/planned_share":0.5})"))
      << line;
}

TEST(MetricsText, LogsEveryNumberOnce) {
  std::set<std::string> columns;
  std::istringstream header(csv_header());
  for (std::string column; std::getline(header, column, ',');) {
    EXPECT_TRUE(columns.insert(column).second) << column;
  }
  for (const protocol::MetricRow& row : protocol::kMetricTable) {
    EXPECT_TRUE(columns.contains(std::string(row.trainer_key))) << row.trainer_key;
  }
}

TEST(MetricsText, SaysInItsSummaryThatNothingIsKnownOfTheForesightYet) {
  MetricsManager metrics;
  metrics.add({});
  EXPECT_NE(metrics_summary(metrics).find("explained –"), std::string::npos)
      << metrics_summary(metrics);
}

TEST(MetricsText, LogsTheSameAsCommaSeparatedValues) {
  MetricsManager metrics;
  Iteration iteration;
  iteration.learnt.figures[Metric::explained_variance] = std::nan("");
  iteration.learnt.figures[Metric::policy_loss] = 0;
  iteration.samples = 100;
  iteration.selfplay_s = 1;
  iteration.update_s = 3;
  metrics.add(iteration);
  const std::string header = csv_header(), line = csv_line(metrics, 12.5);
  EXPECT_TRUE(header.starts_with("time,update,global_step,games,ppo/policy_loss,")) << header;
  EXPECT_TRUE(line.starts_with("12.500,1,100,0,0,")) << line;
  EXPECT_EQ(std::count(header.begin(), header.end(), ','),
            std::count(line.begin(), line.end(), ','));
  EXPECT_EQ(line.find("nan"), std::string::npos) << line;
}

}  // namespace
}  // namespace keisei::rl
