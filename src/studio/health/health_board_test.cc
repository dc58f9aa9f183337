#include "studio/health/health_board.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;

store::KeptUpdate update(std::int64_t number, int segment) {
  store::KeptUpdate kept{"run", segment, {}};
  kept.metrics.update = number;
  return kept;
}

// An hour after the first network, which it met.
store::KeptEvaluation evaluation(std::int64_t update, int segment, int wins, int losses) {
  store::KeptEvaluation kept{"run", segment, {}};
  kept.evaluation.update = update;
  kept.evaluation.past_scores = {{0, wins, 0, losses}};
  kept.evaluation.past_ages = {{0, 3600}};
  return kept;
}

// For viewers at the intermediate level who read English.
std::string shown_by(HealthBoard& board) {
  std::uint64_t sequence = 0;
  Air air(WallTime{}, sequence);
  board.advance(SteadyTime{}, air);
  const auto frames = air.take_frames();
  if (frames.empty()) return "nothing";
  return *frames.front()->variants[protocol::variant_index(protocol::Level::intermediate,
                                                           protocol::Language::en)];
}

TEST(HealthBoard, ComparesARunThatIsTakenUpAgainWithNoNetworkThatAResumeLeftBehind) {
  const auto memory = std::make_shared<store::RunMemory>();
  memory->segment = 2;
  for (int number = 1; number <= 10; ++number) memory->updates.push_back(update(number, 1));
  for (int number = 6; number <= 12; ++number) memory->updates.push_back(update(number, 2));
  memory->evaluations = {evaluation(5, 1, 20, 20), evaluation(8, 1, 0, 400),
                         evaluation(12, 2, 30, 10)};
  HealthBoard board(testing::real_content(), 100ms);
  board.on(RunBegan{testing::run("run"), memory});
  EXPECT_THAT(shown_by(board), ::testing::Not(::testing::HasSubstr("weaker")));
  memory->evaluations = {evaluation(5, 1, 20, 20), evaluation(12, 2, 0, 60)};
  board.on(RunBegan{testing::run("run"), memory});
  EXPECT_THAT(shown_by(board), ::testing::HasSubstr("weaker: 20% of the points in 100 games"));
}

}  // namespace
}  // namespace keisei::studio
