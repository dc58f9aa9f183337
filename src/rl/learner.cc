#include "rl/learner.h"

#include <torch/torch.h>

#include <utility>

#include "rl/legal_policy.h"
#include "rl/ppo_loss.h"

namespace keisei::rl {

using torch::Tensor;

Tensor view(const std::vector<float>& data, torch::IntArrayRef shape) {
  return torch::from_blob(const_cast<float*>(data.data()), shape, torch::kFloat);
}
Tensor view(const std::vector<std::int32_t>& data) {
  return torch::from_blob(const_cast<std::int32_t*>(data.data()),
                          {static_cast<std::int64_t>(data.size())}, torch::kInt);
}
Tensor planes_of(const PositionBatch& batch) {
  return view(batch.planes, {batch.size(), kSquares, kPlanes});
}

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
    : network_(std::move(network)), parameters_(network_->parameters()) {}

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
  const Tensor planes = planes_of(batch_), offsets = view(batch_.offsets),
               actions = view(batch_.actions);
  const Network::Output output = network_->forward(planes, offsets, actions);
  const ChosenMoves moves = chosen_moves(output.logits, offsets, view(chosen_));
  const std::int64_t n = batch_.size();
  PpoTerms terms{.log_probabilities = moves.log_probabilities,
                 .entropies = moves.entropies,
                 .values = output.values,
                 .old_log_probabilities = view(old_log_probabilities_, {n}),
                 .old_values = view(old_values_, {n}),
                 .advantages = view(advantages_, {n}),
                 .targets = view(targets_, {n}),
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
  return {.policy = loss.policy.item<double>(),
          .value = loss.value.item<double>(),
          .entropy = loss.entropy.item<double>(),
          .kl = loss.kl.item<double>(),
          .clipped = loss.clipped.item<double>(),
          .divergence = loss.divergence.defined() ? loss.divergence.item<double>() : 0};
}

std::optional<std::string> Learner::first_not_finite() {
  const auto is_bad = [](const Tensor& tensor) {
    return !torch::isfinite(tensor.detach()).all().item<bool>();
  };
  for (const auto& item : network_->named_parameters()) {
    if (is_bad(item.value())) return "the weights of " + item.key();
  }
  if (batch_.size() == 0) return std::nullopt;
  const std::int64_t n = batch_.size();
  const Tensor planes = planes_of(batch_), offsets = view(batch_.offsets),
               actions = view(batch_.actions);
  std::vector<std::pair<std::string, Tensor>> tensors{
      {"the planes", planes},
      {"the old log-probabilities", view(old_log_probabilities_, {n})},
      {"the old values", view(old_values_, {n})},
      {"the advantages", view(advantages_, {n})},
      {"the value targets", view(targets_, {n})}};
  for (auto& stage : network_->stages(planes, offsets, actions))
    tensors.push_back(std::move(stage));
  const torch::NoGradGuard without_gradient;
  const ChosenMoves moves =
      chosen_moves(network_->forward(planes, offsets, actions).logits, offsets, view(chosen_));
  tensors.emplace_back("the log-probabilities", moves.log_probabilities);
  tensors.emplace_back("the entropies", moves.entropies);
  tensors.emplace_back("the probability ratios",
                       (moves.log_probabilities - view(old_log_probabilities_, {n})).exp());
  for (const auto& [name, tensor] : tensors) {
    if (is_bad(tensor)) return name;
  }
  return std::nullopt;
}

}  // namespace keisei::rl
