#include "rl/ppo/learner.h"

#include <torch/utils.h>

#include <utility>

#include "rl/network/legal_policy.h"
#include "rl/network/network_input.h"
#include "rl/ppo/ppo_loss.h"

namespace keisei::rl {

using torch::Tensor;

LearnSums& LearnSums::operator+=(const LearnSums& other) {
  policy += other.policy;
  value += other.value;
  entropy += other.entropy;
  kl += other.kl;
  clipped += other.clipped;
  divergence += other.divergence;
  return *this;
}

Learner::Learner(std::shared_ptr<Network> network)
    : network_(std::move(network)),
      parameters_(network_->parameters()),
      device_(parameters_.front().device()) {}

Tensor Learner::per_sample(const std::vector<float>& data) const {
  return tensor_of(data, {batch_.size()}, device_);
}

void Learner::gather(const RolloutBuffer& rollout, std::span<const int> samples, int max_plies) {
  batch_.clear(static_cast<int>(samples.size()));
  chosen_.clear();
  old_log_probabilities_.clear();
  old_values_.clear();
  advantages_.clear();
  targets_.clear();
  for (const int i : samples) {
    rollout.encode(i, max_plies, batch_);
    const Sample& sample = rollout.sample(i);
    chosen_.push_back(sample.chosen);
    old_log_probabilities_.push_back(sample.log_probability);
    old_values_.push_back(sample.value);
    advantages_.push_back(sample.advantage);
    targets_.push_back(sample.target);
  }
}

LearnSums Learner::differentiate(const PpoOptions& options, int minibatch, Network* reference) {
  for (Tensor& parameter : parameters_) parameter.mutable_grad() = Tensor();
  if (batch_.size() == 0) return {};
  const auto [planes, offsets, actions] = NetworkInput(batch_, device_);
  const Network::Output output = network_->forward(planes, offsets, actions);
  const ChosenMoves moves = chosen_moves(output.logits, offsets, tensor_of(chosen_, device_));
  PpoTerms terms{.log_probabilities = moves.log_probabilities,
                 .entropies = moves.entropies,
                 .values = output.values,
                 .old_log_probabilities = per_sample(old_log_probabilities_),
                 .old_values = per_sample(old_values_),
                 .advantages = per_sample(advantages_),
                 .targets = per_sample(targets_),
                 .divergences = {}};
  if (reference != nullptr) {
    Tensor older;
    {
      const torch::NoGradGuard without_gradient;
      older = legal_log_softmax(reference->forward(planes, offsets, actions).logits, offsets);
    }
    terms.divergences = divergence(output.logits, older, offsets);
  }
  const PpoLoss loss = ppo_loss(terms, options);
  (loss.total / minibatch).backward();
  const Tensor no_divergence = torch::zeros({}, loss.policy.options());
  // One copy, so that another device is waited for once.
  const Tensor sums =
      torch::stack({loss.policy.detach(), loss.value.detach(), loss.entropy.detach(), loss.kl,
                    loss.clipped.to(torch::kFloat),
                    loss.divergence.defined() ? loss.divergence.detach() : no_divergence})
          .cpu();
  const auto sum = sums.accessor<float, 1>();
  return {.policy = sum[0],
          .value = sum[1],
          .entropy = sum[2],
          .kl = sum[3],
          .clipped = sum[4],
          .divergence = sum[5]};
}

std::optional<std::string> Learner::first_not_finite() {
  const auto is_bad = [](const Tensor& tensor) {
    return !torch::isfinite(tensor.detach()).all().item<bool>();
  };
  for (const auto& item : network_->named_parameters()) {
    if (is_bad(item.value())) return "the weights of " + item.key();
  }
  if (batch_.size() == 0) return std::nullopt;
  const auto [planes, offsets, actions] = NetworkInput(batch_, device_);
  std::vector<std::pair<std::string, Tensor>> tensors{
      {"the planes", planes},
      {"the old log-probabilities", per_sample(old_log_probabilities_)},
      {"the old values", per_sample(old_values_)},
      {"the advantages", per_sample(advantages_)},
      {"the value targets", per_sample(targets_)}};
  for (auto& stage : network_->stages(planes, offsets, actions))
    tensors.push_back(std::move(stage));
  const torch::NoGradGuard without_gradient;
  const ChosenMoves moves = chosen_moves(network_->forward(planes, offsets, actions).logits,
                                         offsets, tensor_of(chosen_, device_));
  tensors.emplace_back("the log-probabilities", moves.log_probabilities);
  tensors.emplace_back("the entropies", moves.entropies);
  tensors.emplace_back("the probability ratios",
                       (moves.log_probabilities - per_sample(old_log_probabilities_)).exp());
  for (const auto& [name, tensor] : tensors) {
    if (is_bad(tensor)) return name;
  }
  return std::nullopt;
}

}  // namespace keisei::rl
