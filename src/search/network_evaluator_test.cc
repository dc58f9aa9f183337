#include "search/network_evaluator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "base/testing/temporary_folder.h"
#include "rl/run/checkpoint.h"
#include "rl/run/trainer.h"
#include "rl/testing/tiny_options.h"

namespace keisei::search {
namespace {

using ::testing::HasSubstr;

using rl::Checkpoint, rl::Trainer;

const SystemClock kClock;

struct NetworkEvaluation : testing::Test {
  NetworkEvaluation() : saved(Trainer(rl::tiny_options(), kClock).checkpoint("run-7")) {
    EXPECT_TRUE(rl::save_checkpoint(path, saved));
  }

  static std::string error_of(const std::string& path) {
    const auto loaded = NetworkEvaluator::load(path, 1);
    return loaded ? "" : loaded.error().message;
  }

  TemporaryFolder folder;
  const std::string path = rl::checkpoint_path(folder.path(), 3);
  Checkpoint saved;
};

TEST_F(NetworkEvaluation, IsTheSameAloneAndTogetherOnSeveralThreads) {
  std::vector<shogi::Position> positions;
  std::vector<shogi::MoveList> legal;
  shogi::Game game;
  while (positions.size() < 7) {
    positions.push_back(game.position());
    legal.push_back(game.legal_moves());
    game.play(game.legal_moves()[positions.size()]);
  }
  std::vector<Question> questions;
  for (std::size_t i = 0; i < positions.size(); ++i)
    questions.push_back({&positions[i], &legal[i]});
  std::vector<Answer> together(7), alone(7);

  auto two = NetworkEvaluator::load(path, 2);
  ASSERT_TRUE(two) << two.error().message;
  (*two)->evaluate(questions, together);
  for (std::size_t i = 0; i < 7; ++i) {
    (*two)->evaluate(std::span(questions).subspan(i, 1), std::span(alone).subspan(i, 1));
    EXPECT_NEAR(alone[i].value, together[i].value, 1e-5);
    ASSERT_EQ(alone[i].log_probabilities.size(), legal[i].size());
    for (std::size_t m = 0; m < legal[i].size(); ++m) {
      EXPECT_NEAR(alone[i].log_probabilities[m], together[i].log_probabilities[m], 1e-4);
    }
  }
}

TEST_F(NetworkEvaluation, ExpectsTheResultThatADiscountedForecastStandsFor) {
  const auto value_of_start = [&] {
    const auto evaluator = NetworkEvaluator::load(path, 1);
    EXPECT_TRUE(evaluator);
    const auto position = shogi::Position::startpos();
    const auto legal_moves = position.legal_moves();
    const Question question{&position, &legal_moves, 1};
    Answer answer;
    (*evaluator)->evaluate({&question, 1}, {&answer, 1});
    return static_cast<double>(answer.value);
  };
  const double forecast = value_of_start();
  ASSERT_NE(forecast, 0);
  saved.foresight.back() = 3;  // the sharpness
  ASSERT_TRUE(rl::save_checkpoint(path, saved));
  EXPECT_NEAR(value_of_start(), std::tanh(3 * std::atanh(forecast)), 1e-6);
  saved.foresight.pop_back();
  ASSERT_TRUE(rl::save_checkpoint(path, saved));
  EXPECT_THAT(error_of(path), HasSubstr("forecasts is damaged"));
}

TEST_F(NetworkEvaluation, TakesTheNewestCheckpointOfAFolder) {
  const auto loaded = NetworkEvaluator::load(folder.path(), 1);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_THAT((*loaded)->description(), HasSubstr("run-7"));
}

TEST_F(NetworkEvaluation, PassesOverADamagedCheckpointOfAFolder) {
  folder.write("checkpoint-00000009.keisei", "damaged");
  const auto loaded = NetworkEvaluator::load(folder.path(), 1);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_THAT((*loaded)->description(), HasSubstr("checkpoint-00000003.keisei"));
}

TEST_F(NetworkEvaluation, SaysWhatIsWrongWithAFile) {
  EXPECT_THAT(error_of(folder.write("letter", "Dear network,")),
              HasSubstr("this is no checkpoint"));
  EXPECT_THAT(error_of(folder / "none"), HasSubstr("none: cannot be read"));
  std::filesystem::create_directory(folder / "empty");
  EXPECT_THAT(error_of(folder / "empty"), HasSubstr("no checkpoint in this folder"));
}

TEST_F(NetworkEvaluation, RefusesWeightsOfAnotherNetwork) {
  Checkpoint other = saved;
  other.config += "\n";
  const auto width = other.config.find("width = 8");
  ASSERT_NE(width, std::string::npos) << other.config;
  other.config.replace(width, 9, "width = 16");
  ASSERT_TRUE(rl::save_checkpoint(path, other));
  EXPECT_THAT(error_of(path), HasSubstr(path));
}

TEST_F(NetworkEvaluation, ComputesOnThisMachineWhereverTheNetworkWasTrained) {
  Checkpoint other = saved;
  const auto device = other.config.find("device = 'cpu'");
  ASSERT_NE(device, std::string::npos) << other.config;
  other.config.replace(device, 14, "device = 'cuda:3'");
  ASSERT_TRUE(rl::save_checkpoint(path, other));
  EXPECT_EQ(error_of(path), "");
}

TEST_F(NetworkEvaluation, RefusesAConfigurationThatItDoesNotKnow) {
  Checkpoint other = saved;
  other.config = "[network]\nlayers = 3\n";
  ASSERT_TRUE(rl::save_checkpoint(path, other));
  EXPECT_THAT(error_of(path), HasSubstr("unknown key 'network.layers'"));
}

}  // namespace
}  // namespace keisei::search
