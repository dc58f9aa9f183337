#include "rl/network/legal_policy.h"

#include <gtest/gtest.h>
#include <torch/utils.h>

#include <cmath>
#include <functional>

#include "rl/encoding/encoding.h"
#include "rl/network/tensor_policy.h"
#include "rl/ppo/ppo_loss.h"

namespace keisei::rl {
namespace {

using torch::Tensor;

// Two positions with three and two legal moves: board moves with and without promotion, drops.
const auto kInt = torch::kInt;
Tensor offsets() { return torch::tensor({0, 3, 5}, kInt); }
Tensor actions() {
  return torch::tensor({9054, 9055, kBoardActions + 7 * 40 + 3, 17, kBoardActions + 6}, kInt);
}
Tensor chosen() { return torch::tensor({1, 0}, kInt); }
Tensor random(torch::IntArrayRef shape) { return torch::randn(shape, torch::kDouble) * 0.5; }

// The largest difference between the gradient and central differences of the function.
double gradient_error(const std::function<Tensor(const Tensor&)>& function, const Tensor& at) {
  Tensor x = at.clone().set_requires_grad(true);
  function(x).backward();
  const torch::NoGradGuard without_gradient;
  Tensor probe = at.clone();
  Tensor flat = probe.view(-1);
  const Tensor gradient = x.grad().view(-1);
  constexpr double kStep = 1e-5;
  double worst = 0;
  for (std::int64_t i = 0; i < flat.numel(); i += 1 + flat.numel() / 2000) {
    const double center = flat[i].item<double>();
    flat[i] = center + kStep;
    const double above = function(probe).item<double>();
    flat[i] = center - kStep;
    const double below = function(probe).item<double>();
    flat[i] = center;
    worst = std::max(worst, std::abs((above - below) / (2 * kStep) - gradient[i].item<double>()));
  }
  return worst;
}

// The logits of a dense 167-plane convolution, gathered action by action.
TEST(ConvolutionalLogits, AreThoseOfTheDenseConvolution) {
  const Tensor features = random({2, kSquares, 6});
  const Tensor weight = random({kConvolutionalPlanes, 6}), bias = random({kConvolutionalPlanes});
  const Tensor dense = torch::matmul(features, weight.t()) + bias;  // [2, 81, 167]
  const Tensor logits = convolutional_logits(features, weight, bias, offsets(), actions());
  EXPECT_NEAR(logits[0].item<double>(), dense[0][56][94].item<double>(), 1e-12);
  EXPECT_NEAR(logits[1].item<double>(), dense[0][56][95].item<double>(), 1e-12);
  EXPECT_NEAR(logits[2].item<double>(), dense[0][40][163].item<double>(), 1e-12);
  EXPECT_NEAR(logits[3].item<double>(), dense[1][0][17].item<double>(), 1e-12);
  EXPECT_NEAR(logits[4].item<double>(), dense[1][0][166].item<double>(), 1e-12);
}

TEST(ConvolutionalLogits, HaveTheGradientOfTheirDefinition) {
  torch::manual_seed(1);
  const Tensor features = random({2, kSquares, 6});
  const Tensor weight = random({kConvolutionalPlanes, 6}), bias = random({kConvolutionalPlanes});
  const Tensor mix = random({5});
  const auto sum = [&](const Tensor& f, const Tensor& w, const Tensor& b) {
    return (convolutional_logits(f, w, b, offsets(), actions()).square() * mix).sum();
  };
  EXPECT_LT(gradient_error([&](const Tensor& x) { return sum(x, weight, bias); }, features), 1e-7);
  EXPECT_LT(gradient_error([&](const Tensor& x) { return sum(features, x, bias); }, weight), 1e-7);
  EXPECT_LT(gradient_error([&](const Tensor& x) { return sum(features, weight, x); }, bias), 1e-7);
}

TEST(AttentionLogits, HaveTheGradientOfTheirDefinition) {
  torch::manual_seed(2);
  const Tensor projections = random({2, kSquares, 3 * 4 + kDropTypes});
  const Tensor bias = random({kOffsetBiases});
  const Tensor mix = random({5});
  const auto sum = [&](const Tensor& p, const Tensor& b) {
    return (attention_logits(p, b, offsets(), actions()).square() * mix).sum();
  };
  EXPECT_LT(gradient_error([&](const Tensor& x) { return sum(x, bias); }, projections), 1e-7);
  EXPECT_LT(gradient_error([&](const Tensor& x) { return sum(projections, x); }, bias), 1e-7);
}

TEST(LinearLogits, AreThoseOfTheDenseLayerWithItsGradient) {
  torch::manual_seed(6);
  const Tensor features = random({2, 5});
  const Tensor weight = random({kActions, 5}), bias = random({kActions});
  const Tensor dense = torch::matmul(features, weight.t()) + bias;
  const Tensor logits = linear_logits(features, weight, bias, offsets(), actions());
  EXPECT_NEAR(logits[1].item<double>(), dense[0][9055].item<double>(), 1e-12);
  EXPECT_NEAR(logits[4].item<double>(), dense[1][kBoardActions + 6].item<double>(), 1e-12);
  const auto sum = [&](const Tensor& f, const Tensor& w, const Tensor& b) {
    return linear_logits(f, w, b, offsets(), actions()).square().sum();
  };
  EXPECT_LT(gradient_error([&](const Tensor& x) { return sum(x, weight, bias); }, features), 1e-7);
  EXPECT_LT(gradient_error([&](const Tensor& x) { return sum(features, weight, x); }, bias), 1e-7);
  Tensor w = weight.clone().set_requires_grad(true);
  sum(features, w, bias).backward();
  EXPECT_LT((w.grad()[9055] - 2 * logits[1] * features[0]).abs().max().item<double>(), 1e-12);
  EXPECT_EQ(w.grad()[0].abs().max().item<double>(), 0) << "an action that is not legal";
}

// Against torch's own softmax over each position's logits, in doubles.
TEST(Divergence, AgreesWithItsDefinitionAndHasItsGradient) {
  torch::manual_seed(7);
  const Tensor logits = random({5});
  const Tensor reference = legal_log_softmax(random({5}), offsets());
  const Tensor mix = torch::tensor({0.7, -1.3}, torch::kDouble);
  Tensor ours = logits.clone().set_requires_grad(true);
  Tensor theirs = logits.clone().set_requires_grad(true);
  const Tensor divergences = divergence(ours, reference, offsets());
  std::vector<Tensor> expected;
  for (const auto& [begin, end] : {std::pair{0, 3}, std::pair{3, 5}}) {
    const Tensor r = reference.slice(0, begin, end);
    expected.push_back((r.exp() * (r - torch::log_softmax(theirs.slice(0, begin, end), 0))).sum());
  }
  EXPECT_NEAR(divergences[0].item<double>(), expected[0].item<double>(), 1e-12);
  EXPECT_NEAR(divergences[1].item<double>(), expected[1].item<double>(), 1e-12);
  EXPECT_GT(divergences[0].item<double>(), 0);
  (divergences * mix).sum().backward();
  (torch::stack(expected) * mix).sum().backward();
  EXPECT_LT((ours.grad() - theirs.grad()).abs().max().item<double>(), 1e-12);
}

TEST(Divergence, OfAPolicyFromItselfIsZero) {
  const Tensor logits = torch::tensor({0.3, -1.0, 2.0, 0.0, 0.5}, torch::kDouble);
  EXPECT_LT(divergence(logits, legal_log_softmax(logits, offsets()), offsets())
                .abs()
                .max()
                .item<double>(),
            1e-12);
}

TEST(LegalLogSoftmax, SumsToOneAndBoundsTheEntropy) {
  torch::manual_seed(3);
  const Tensor logits = random({5}) * 20;
  const Tensor probabilities = legal_log_softmax(logits, offsets()).exp();
  EXPECT_NEAR(probabilities.slice(0, 0, 3).sum().item<double>(), 1, 1e-12);
  EXPECT_NEAR(probabilities.slice(0, 3, 5).sum().item<double>(), 1, 1e-12);
  const Tensor entropies = chosen_moves(logits, offsets(), chosen()).entropies;
  EXPECT_GE(entropies[0].item<double>(), 0);
  EXPECT_LE(entropies[0].item<double>(), std::log(3.0));
  const Tensor uniform =
      chosen_moves(torch::zeros({5}, torch::kDouble), offsets(), chosen()).entropies;
  EXPECT_NEAR(uniform[0].item<double>(), std::log(3.0), 1e-12);
  EXPECT_NEAR(uniform[1].item<double>(), std::log(2.0), 1e-12);
}

// Spread over all 13 527 actions, as a dense masked softmax has it.
TEST(ChosenMoves, AgreeWithADenseSoftmaxWhereIllegalActionsAreExactlyZero) {
  torch::manual_seed(4);
  const Tensor logits = random({5});
  Tensor dense =
      torch::full({2, kActions}, -std::numeric_limits<double>::infinity(), torch::kDouble);
  const Tensor rows = torch::tensor({0, 0, 0, 1, 1}, torch::kLong);
  dense.index_put_({rows, actions().to(torch::kLong)}, logits);
  const Tensor log_softmax = torch::log_softmax(dense, 1);
  EXPECT_EQ((log_softmax.exp() > 0).sum().item<std::int64_t>(), 5);
  const ChosenMoves moves = chosen_moves(logits, offsets(), chosen());
  EXPECT_NEAR(moves.log_probabilities[0].item<double>(), log_softmax[0][9055].item<double>(),
              1e-12);
  EXPECT_NEAR(moves.log_probabilities[1].item<double>(), log_softmax[1][17].item<double>(), 1e-12);
}

TEST(ChosenMoves, HaveTheGradientOfTheirDefinition) {
  torch::manual_seed(5);
  const auto function = [](const Tensor& x) {
    const ChosenMoves moves = chosen_moves(x, offsets(), chosen());
    return (moves.log_probabilities * torch::tensor({0.7, -1.3}, torch::kDouble)).sum() +
           (moves.entropies * torch::tensor({-0.4, 0.9}, torch::kDouble)).sum();
  };
  EXPECT_LT(gradient_error(function, random({5})), 1e-8);
}

// The results of two functions of the same tensors, and their gradients.
using Function = std::function<Tensor(const std::vector<Tensor>&)>;
void expect_equal(const Function& one, const Function& other, const std::vector<Tensor>& at) {
  std::vector<std::vector<Tensor>> gradients;
  std::vector<Tensor> results;
  for (const Function* function : {&one, &other}) {
    std::vector<Tensor> inputs;
    for (const Tensor& input : at) inputs.push_back(input.clone().set_requires_grad(true));
    results.push_back((*function)(inputs));
    (results.back() * torch::arange(1, results.back().numel() + 1)).sum().backward();
    gradients.emplace_back();
    for (const Tensor& input : inputs) gradients.back().push_back(input.grad());
  }
  EXPECT_LT((results[0] - results[1]).abs().max().item<double>(), 1e-12);
  for (std::size_t i = 0; i < at.size(); ++i) {
    EXPECT_LT((gradients[0][i] - gradients[1][i]).abs().max().item<double>(), 1e-12) << i;
  }
}

// Every kind of action, in three positions.
Tensor many_offsets() { return torch::tensor({0, 200, 201, 500}, kInt); }
Tensor many_actions() { return (torch::arange(500) * 27 % kActions).to(kInt); }

TEST(TensorPolicy, GivesTheLogitsAndGradientsOfTheLoops) {
  torch::manual_seed(8);
  const auto all = [](auto function) -> Function {
    return [function](const std::vector<Tensor>& x) {
      return function(x[0], x[1], x[2], many_offsets(), many_actions());
    };
  };
  expect_equal(all(convolutional_logits), all(tensor_policy::convolutional_logits),
               {random({3, kSquares, 6}), random({kConvolutionalPlanes, 6}),
                random({kConvolutionalPlanes})});
  expect_equal(all(linear_logits), all(tensor_policy::linear_logits),
               {random({3, 5}), random({kActions, 5}), random({kActions})});
  const auto two = [](auto function) -> Function {
    return [function](const std::vector<Tensor>& x) {
      return function(x[0], x[1], many_offsets(), many_actions());
    };
  };
  expect_equal(two(attention_logits), two(tensor_policy::attention_logits),
               {random({3, kSquares, 3 * 4 + kDropTypes}), random({kOffsetBiases})});
}

TEST(TensorPolicy, GivesTheSoftmaxAndGradientsOfTheLoops) {
  torch::manual_seed(9);
  const Tensor chosen_of_many = torch::tensor({199, 0, 7}, kInt);
  const auto both = [&](auto function) -> Function {
    return [&, function](const std::vector<Tensor>& x) {
      const ChosenMoves moves = function(x[0], many_offsets(), chosen_of_many);
      return torch::cat({moves.log_probabilities, moves.entropies});
    };
  };
  const Tensor logits = 10 * random({500});
  expect_equal(both(chosen_moves), both(tensor_policy::chosen_moves), {logits});
  const Tensor reference = legal_log_softmax(random({500}), many_offsets());
  EXPECT_LT((tensor_policy::log_softmax(logits, many_offsets()) -
             legal_log_softmax(logits, many_offsets()))
                .abs()
                .max()
                .item<double>(),
            1e-12);
  const auto from_reference = [&](auto function) -> Function {
    return [&, function](const std::vector<Tensor>& x) {
      return function(x[0], reference, many_offsets());
    };
  };
  expect_equal(from_reference(divergence), from_reference(tensor_policy::divergence), {logits});
}

// The loss written out with plain doubles, one sample after another.
TEST(PpoLoss, AgreesWithPlainArithmetic) {
  const std::vector<double> log_p{-1.0, -2.0, -0.5, -3.0}, old{-1.1, -1.4, -0.9, -3.0},
      advantage{1.5, -0.5, 2.0, -1.0}, value{0.2, -0.3, 0.9, 0}, target{0.5, 0.1, -1, 0.2},
      entropy{1, 2, 3, 4};
  PpoOptions options;
  options.value_coefficient = 0.7;
  options.entropy_coefficient = 0.03;
  double policy = 0, value_loss = 0, kl = 0;
  int clipped = 0;
  for (std::size_t i = 0; i < log_p.size(); ++i) {
    const double ratio = std::exp(log_p[i] - old[i]);
    const double bounded = std::min(std::max(ratio, 0.8), 1.2);
    policy -= std::min(ratio * advantage[i], bounded * advantage[i]);
    value_loss += 0.5 * (value[i] - target[i]) * (value[i] - target[i]);
    kl += ratio - 1 - (log_p[i] - old[i]);
    clipped += std::abs(ratio - 1) > 0.2 ? 1 : 0;
  }
  const auto tensor = [](const std::vector<double>& from) {
    return torch::tensor(from, torch::kDouble);
  };
  const PpoLoss loss = ppo_loss({tensor(log_p), tensor(entropy), tensor(value), tensor(old),
                                 tensor(value), tensor(advantage), tensor(target)},
                                options);
  EXPECT_NEAR(loss.policy.item<double>(), policy, 1e-12);
  EXPECT_NEAR(loss.value.item<double>(), value_loss, 1e-12);
  EXPECT_NEAR(loss.kl.item<double>(), kl, 1e-12);
  EXPECT_EQ(loss.clipped.item<std::int64_t>(), clipped);
  EXPECT_NEAR(loss.total.item<double>(), policy + 0.7 * value_loss - 0.03 * 10, 1e-12);
}

TEST(PpoLoss, AddsThePenaltyForLeavingTheReferencePolicy) {
  const auto tensor = [](double value) { return torch::tensor({value}, torch::kDouble); };
  PpoTerms terms{tensor(-1), tensor(1), tensor(0), tensor(-1), tensor(0), tensor(1), tensor(0)};
  PpoOptions options;
  const double without = ppo_loss(terms, options).total.item<double>();
  options.kl_penalty = 0.5;
  terms.divergences = tensor(0.25);
  const PpoLoss loss = ppo_loss(terms, options);
  EXPECT_NEAR(loss.total.item<double>(), without + 0.125, 1e-12);
  EXPECT_NEAR(loss.divergence.item<double>(), 0.25, 1e-12);
}

}  // namespace
}  // namespace keisei::rl
