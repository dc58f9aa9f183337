#include "rl/ppo/ppo_agent.h"

#include <ATen/record_function.h>
#include <gtest/gtest.h>
#include <torch/optim/adam.h>
#include <torch/utils.h>

#include <cmath>
#include <cstdlib>
#include <limits>
#include <memory>
#include <stop_token>

#include "rl/network/legal_policy.h"
#include "rl/network/network.h"
#include "rl/selfplay/self_play.h"
#include "rl/testing/tiny_options.h"

namespace keisei::rl {
namespace {

using hook::Metric;

// As rl/network/blas_environment.h does for the programs: no AMX, which bfloat16 would die of.
[[maybe_unused]] const int kWithoutAmx = ::setenv("ONEDNN_MAX_CPU_ISA", "AVX512_CORE_BF16", 0);

const SystemClock kClock;

Options shaped(PolicyHead head = PolicyHead::attention) {
  Options options = tiny_options(head);
  options.environment.max_plies = 60;
  options.reward = {.shaped = true, .shaping_coefficient = 0.5};
  return options;
}

// A trainer of its own: what one seed makes of a few updates.
std::vector<double> train(const Options& options, int workers, int updates) {
  WorkerPool pool(workers);
  PpoAgent agent(options, pool);
  SelfPlay self_play(options, pool, kClock);
  RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  std::vector<double> numbers;
  for (int i = 0; i < updates; ++i) {
    self_play.collect(agent.player(), rollout, nullptr);
    const auto metrics = agent.learn(rollout, i * rollout.size());
    EXPECT_TRUE(metrics);
    numbers.insert(numbers.end(),
                   {metrics->figures[Metric::policy_loss], metrics->figures[Metric::value_loss],
                    metrics->figures[Metric::entropy], metrics->figures[Metric::kl_divergence],
                    metrics->figures[Metric::grad_norm]});
  }
  return numbers;
}

class EveryHead : public testing::TestWithParam<PolicyHead> {};
INSTANTIATE_TEST_SUITE_P(Heads, EveryHead,
                         testing::Values(PolicyHead::attention, PolicyHead::convolutional,
                                         PolicyHead::linear));

TEST_P(EveryHead, GivesProbabilitiesThatSumToOneOverTheLegalMoves) {
  const Options options = shaped(GetParam());
  WorkerPool pool(1);
  const auto player = Player::fresh(options.network, "cpu", 42);
  SelfPlay self_play(options, pool, kClock);
  const StepManager steps(options.environment, options.reward, 0.99);
  PositionBatch batch;
  PolicyOutput output;
  batch.clear(4);
  for (const Environment& environment : self_play.environments()) steps.encode(environment, batch);
  player.evaluate(batch, output, true);
  for (std::size_t i = 0; i < 4; ++i) {
    double sum = 0;
    for (auto l = static_cast<std::size_t>(batch.offsets[i]);
         l < static_cast<std::size_t>(batch.offsets[i + 1]); ++l) {
      sum += std::exp(output.log_probabilities[l]);
    }
    EXPECT_NEAR(sum, 1, 1e-5);
    EXPECT_LE(std::abs(output.values[i]), 1);
  }
  EXPECT_EQ(output.activation.gates.size(), 8U);
}

struct Overfitted {
  double policy_loss, value_loss;
  torch::ScalarType of_logits, of_values;
};
// What is left of the losses of 32 positions after many steps.
Overfitted overfit(const Options& options) {
  torch::manual_seed(7);
  WorkerPool pool(1);
  const auto player = Player::fresh(options.network, "cpu", 42);
  SelfPlay self_play(options, pool, kClock);
  RolloutBuffer rollout(4, 16);
  self_play.collect(player, rollout, nullptr);
  PositionBatch batch;
  batch.clear(32);
  std::vector<std::int32_t> choices;
  std::vector<float> results;
  for (int i = 0; i < 32; ++i) {
    rollout.encode(i, options.environment.max_plies, batch);
    choices.push_back(rollout.sample(i).chosen);
    results.push_back(i % 2 == 0 ? 0.5F : -0.5F);
  }
  const auto integers = [](std::vector<std::int32_t>& from) {
    return torch::from_blob(from.data(), {static_cast<std::int64_t>(from.size())}, torch::kInt);
  };
  const auto planes = torch::from_blob(batch.planes.data(), {32, kSquares, kPlanes});
  const auto wanted = torch::from_blob(results.data(), {32});
  Network network(options.network);
  torch::optim::Adam adam(network.parameters(), torch::optim::AdamOptions(1e-2));
  Overfitted result{};
  for (int i = 0; i < 400; ++i) {
    adam.zero_grad();
    const auto output = network.forward(planes, integers(batch.offsets), integers(batch.actions));
    const auto policy_loss =
        -chosen_moves(output.logits, integers(batch.offsets), integers(choices))
             .log_probabilities.mean();
    const auto value_loss = (output.values - wanted).square().mean();
    (policy_loss + value_loss).backward();
    adam.step();
    result = {policy_loss.item<double>(), value_loss.item<double>(), output.logits.scalar_type(),
              output.values.scalar_type()};
  }
  return result;
}

TEST_P(EveryHead, OverfitsAFixedBatch) {
  const Overfitted result = overfit(shaped(GetParam()));
  EXPECT_LT(result.policy_loss, 0.3) << "32 positions with about 30 legal moves each";
  EXPECT_LT(result.value_loss, 0.02);
}

TEST_P(EveryHead, OverfitsAFixedBatchInBfloat16AndAnswersInFloat32) {
  Options options = shaped(GetParam());
  options.network.precision = Precision::bfloat16;
  const Overfitted result = overfit(options);
  EXPECT_LT(result.policy_loss, 0.3);
  EXPECT_LT(result.value_loss, 0.02);
  EXPECT_EQ(result.of_logits, torch::kFloat);
  EXPECT_EQ(result.of_values, torch::kFloat);
}

TEST_P(EveryHead, LosesInBfloat16NearlyWhatItLosesInFloat32) {
  Options options = shaped(GetParam());
  WorkerPool pool(1);
  PpoAgent exact(options, pool);
  options.network.precision = Precision::bfloat16;
  PpoAgent rounded(options, pool);
  SelfPlay self_play(options, pool, kClock);
  RolloutBuffer rollout(4, 16);
  self_play.collect(exact.player(), rollout, nullptr);
  RolloutBuffer copy = rollout;
  const auto expected = exact.learn(rollout, 0), got = rounded.learn(copy, 0);
  ASSERT_TRUE(expected && got);
  EXPECT_NEAR(got->figures[Metric::policy_loss], expected->figures[Metric::policy_loss], 0.02);
  EXPECT_NEAR(got->figures[Metric::value_loss], expected->figures[Metric::value_loss], 0.01);
  EXPECT_NEAR(got->figures[Metric::entropy], expected->figures[Metric::entropy], 0.02);
  EXPECT_NE(got->figures[Metric::entropy], expected->figures[Metric::entropy])
      << "it was computed in float32";
}

TEST(PpoAgent, TheSameSeedGivesTheSameMetrics) {
  EXPECT_EQ(train(shaped(), 1, 3), train(shaped(), 1, 3));
  EXPECT_EQ(train(shaped(), 2, 3), train(shaped(), 2, 3));
}

TEST(PpoAgent, AnotherSeedGivesOtherMetrics) {
  Options other = shaped();
  other.run.seed = 43;
  EXPECT_NE(train(shaped(), 1, 1), train(other, 1, 1));
}

TEST(PpoAgent, TwoWorkersLearnWhatOneDoes) {
  const auto one = train(shaped(), 1, 1), two = train(shaped(), 2, 1);
  for (std::size_t i = 0; i < one.size(); ++i) EXPECT_NEAR(one[i], two[i], 1e-4);
}

TEST(PpoAgent, FirstMinibatchFindsThePolicyUnchanged) {
  Options options = shaped();
  options.ppo.epochs = 1;
  options.ppo.minibatch = options.environment.count * options.ppo.steps;
  WorkerPool pool(1);
  PpoAgent agent(options, pool);
  SelfPlay self_play(options, pool, kClock);
  RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  self_play.collect(agent.player(), rollout, nullptr);
  const auto metrics = agent.learn(rollout, 0);
  ASSERT_TRUE(metrics);
  EXPECT_LT(metrics->figures[Metric::kl_divergence], 1e-6);
  EXPECT_LT(metrics->figures[Metric::first_kl], 1e-6);
  EXPECT_EQ(metrics->figures[Metric::planned_share], 1);
  EXPECT_TRUE(std::isnan(metrics->figures[Metric::target_kl])) << "it has none";
  EXPECT_EQ(metrics->figures[Metric::clip_fraction], 0);
  EXPECT_GT(metrics->figures[Metric::entropy], 0);
  EXPECT_LE(metrics->figures[Metric::entropy], metrics->figures[Metric::entropy_max] + 1e-6);
}

TEST(PpoAgent, StopsLearningBeyondTheTargetKl) {
  Options options = shaped();
  options.ppo.epochs = 20;
  options.ppo.learning_rate = 0.05;
  options.ppo.target_kl = 0.01;
  WorkerPool pool(1);
  PpoAgent agent(options, pool);
  SelfPlay self_play(options, pool, kClock);
  RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  self_play.collect(agent.player(), rollout, nullptr);
  const auto learnt = agent.learn(rollout, 0);
  ASSERT_TRUE(learnt);
  EXPECT_LT(learnt->minibatches, 20 * 4);
  EXPECT_EQ(learnt->figures[Metric::planned_share], learnt->minibatches / 80.0);
  EXPECT_EQ(learnt->figures[Metric::target_kl], 0.01);
  EXPECT_LT(learnt->figures[Metric::first_kl], 1e-6);
}

// Steps so large that any minibatch of the second epoch is beyond the target.
TEST(PpoAgent, StopsNoEpochOfWhichLessThanAQuarterWasSeen) {
  Options options = shaped();
  options.ppo.epochs = 20;
  options.ppo.minibatch = 4;
  options.ppo.learning_rate = 0.05;
  options.ppo.target_kl = 1e-6;
  WorkerPool pool(1);
  PpoAgent agent(options, pool);
  SelfPlay self_play(options, pool, kClock);
  RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  self_play.collect(agent.player(), rollout, nullptr);
  const auto learnt = agent.learn(rollout, 0);
  ASSERT_TRUE(learnt);
  EXPECT_EQ(learnt->minibatches, 16 + 3) << "the fourth of the second epoch's 16 was judged";
}

// A player's answers to the positions of a rollout.
std::vector<float> answers(const Player& player, const RolloutBuffer& rollout, int max_plies) {
  PositionBatch batch;
  PolicyOutput output;
  batch.clear(rollout.size());
  for (int i = 0; i < rollout.size(); ++i) rollout.encode(i, max_plies, batch);
  player.evaluate(batch, output);
  output.log_probabilities.insert(output.log_probabilities.end(), output.values.begin(),
                                  output.values.end());
  return output.log_probabilities;
}

TEST(PpoAgent, NamesTheFirstTensorThatIsNotFiniteAndStaysAsItWas) {
  WorkerPool pool(1);
  PpoAgent agent(shaped(), pool);
  SelfPlay self_play(shaped(), pool, kClock);
  RolloutBuffer rollout(4, 16);
  self_play.collect(agent.player(), rollout, nullptr);
  const auto before = answers(agent.player(), rollout, 60);
  // Some minibatches come before the bad sample and do change the weights.
  RolloutBuffer bad_target = rollout, bad_probability = rollout;
  bad_target.sample(5).target = std::numeric_limits<float>::quiet_NaN();
  auto metrics = agent.learn(bad_target, 0);
  ASSERT_FALSE(metrics);
  EXPECT_EQ(metrics.error().message,
            "the value loss is not finite; the first tensor that is not: the value targets");
  EXPECT_EQ(answers(agent.player(), rollout, 60), before);
  bad_probability.sample(5).log_probability = -std::numeric_limits<float>::infinity();
  metrics = agent.learn(bad_probability, 0);
  ASSERT_FALSE(metrics);
  EXPECT_TRUE(metrics.error().message.ends_with("that is not: the old log-probabilities"))
      << metrics.error().message;
}

// While it lives, the first gradient that anybody computes asks to stop: an update is then under
// way, and its first step is still to come.
class StopAtFirstGradient {
 public:
  StopAtFirstGradient() {
    source() = std::stop_source();
    callback_ = at::addGlobalCallback(
        at::RecordFunctionCallback(&request).scopes({at::RecordScope::BACKWARD_FUNCTION}));
  }
  ~StopAtFirstGradient() { at::removeCallback(callback_); }
  StopAtFirstGradient(const StopAtFirstGradient&) = delete;
  StopAtFirstGradient& operator=(const StopAtFirstGradient&) = delete;

  static std::stop_token token() { return source().get_token(); }

 private:
  static std::stop_source& source() {
    static std::stop_source of_all;
    return of_all;
  }
  static std::unique_ptr<at::ObserverContext> request(const at::RecordFunction& /*unused*/) {
    source().request_stop();
    return nullptr;
  }

  at::CallbackHandle callback_;
};

TEST(PpoAgent, AskedToStopInTheMiddleOfAnUpdateStaysAsItWas) {
  WorkerPool pool(1);
  PpoAgent stopped(shaped(), pool), other(shaped(), pool);
  SelfPlay self_play(shaped(), pool, kClock);
  RolloutBuffer rollout(4, 16);
  self_play.collect(stopped.player(), rollout, nullptr);
  const auto before = answers(stopped.player(), rollout, 60);
  {
    const StopAtFirstGradient stop;
    RolloutBuffer copy = rollout;
    const auto learnt = stopped.learn(copy, 0, StopAtFirstGradient::token());
    ASSERT_TRUE(learnt) << learnt.error().message;
    EXPECT_TRUE(learnt->given_up);
    EXPECT_EQ(learnt->minibatches, 1) << "of eight";
  }
  EXPECT_EQ(answers(stopped.player(), rollout, 60), before);
  RolloutBuffer copy = rollout;
  ASSERT_TRUE(stopped.learn(copy, 0) && other.learn(rollout, 0));
  EXPECT_EQ(answers(stopped.player(), rollout, 60), answers(other.player(), rollout, 60))
      << "optimiser or shuffle were not as they had been";
}

TEST(PpoAgent, ContinuesFromItsSavedBytesAsIfNothingHadHappened) {
  const Options options = shaped();
  WorkerPool pool(2);
  SelfPlay self_play(options, pool, kClock);
  PpoAgent original(options, pool);
  RolloutBuffer rollout(4, 16), next(4, 16);
  self_play.collect(original.player(), rollout, nullptr);
  ASSERT_TRUE(original.learn(rollout, 0));
  Options other = options;
  other.run.seed = 99;
  PpoAgent resumed(other, pool);
  const auto loaded = resumed.load(original.save());
  ASSERT_TRUE(loaded) << loaded.error().message;
  self_play.collect(original.player(), next, nullptr);
  RolloutBuffer copy = next;
  const auto expected = original.learn(next, 64), got = resumed.learn(copy, 64);
  EXPECT_EQ(expected->figures[Metric::policy_loss], got->figures[Metric::policy_loss]);
  EXPECT_EQ(expected->figures[Metric::grad_norm], got->figures[Metric::grad_norm]);
}

TEST(PpoAgent, LearnsOnlyFromLearnableSamples) {
  const Options options = shaped();
  WorkerPool pool(1);
  SelfPlay self_play(options, pool, kClock);
  PpoAgent one(options, pool), other(options, pool);
  RolloutBuffer rollout(4, 16);
  self_play.collect(one.player(), rollout, nullptr);
  for (int i = 0; i < rollout.size(); i += 2) rollout.sample(i).learnable = false;
  RolloutBuffer altered = rollout;
  for (int i = 0; i < rollout.size(); i += 2) {
    altered.sample(i).advantage = 100;
    altered.sample(i).target = -1;
  }
  const auto expected = one.learn(rollout, 0), got = other.learn(altered, 0);
  ASSERT_TRUE(expected && got);
  EXPECT_EQ(expected->minibatches, 2 * 2) << "half of 64 samples, in minibatches of 16, twice";
  EXPECT_EQ(expected->figures[Metric::policy_loss], got->figures[Metric::policy_loss]);
  EXPECT_EQ(expected->figures[Metric::value_loss], got->figures[Metric::value_loss]);
  EXPECT_EQ(answers(one.player(), rollout, 60), answers(other.player(), rollout, 60));
}

TEST(PpoAgent, APenaltyKeepsThePolicyNearTheOlderOne) {
  const auto distance = [](double penalty) {
    Options options = shaped();
    options.ppo.kl_penalty = penalty;
    options.ppo.epochs = 8;
    options.ppo.learning_rate = 0.01;
    WorkerPool pool(1);
    PpoAgent agent(options, pool);
    SelfPlay self_play(options, pool, kClock);
    RolloutBuffer rollout(4, 16);
    self_play.collect(agent.player(), rollout, nullptr);
    return agent.learn(rollout, 0)->kl_from_older;
  };
  EXPECT_LT(distance(10), 0.5 * distance(1e-9));
  EXPECT_TRUE(std::isnan(distance(0)));
}

TEST(PpoAgent, RefusesBytesThatAreNoSavedAgent) {
  WorkerPool pool(1);
  PpoAgent agent(shaped(), pool);
  EXPECT_FALSE(agent.load("no agent"));
  Options wider = shaped();
  wider.network.width = 16;
  EXPECT_FALSE(agent.load(PpoAgent(wider, pool).save()));
}

}  // namespace
}  // namespace keisei::rl
