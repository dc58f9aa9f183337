#include "rl/ppo_agent.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>
#include <vector>

#include "rl/learning_rate.h"
#include "rl/legal_policy.h"
#include "rl/network.h"
#include "rl/ppo_loss.h"
#include "rl/random.h"

namespace keisei::rl {
namespace {

using torch::Tensor;

constexpr double kAdamEpsilon = 1e-5;  // as in the original implementation of PPO

// Tensors over memory of ours: valid as long as the vectors are, and not resized.
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

// Sums of one worker's part of a minibatch.
struct Sums {
  double policy = 0, value = 0, entropy = 0, kl = 0, clipped = 0;

  Sums& operator+=(const Sums& other) {
    policy += other.policy;
    value += other.value;
    entropy += other.entropy;
    kl += other.kl;
    clipped += other.clipped;
    return *this;
  }
};

// A network of its own gradients over shared weights, and the memory for its minibatches.
struct Learner {
  std::shared_ptr<Network> network;
  std::vector<Tensor> parameters;
  PositionBatch batch;
  std::vector<std::int32_t> chosen;
  std::vector<float> old_log_probabilities, old_values, advantages, targets;
  Sums sums;

  explicit Learner(std::shared_ptr<Network> of)
      : network(std::move(of)), parameters(network->parameters()) {}

  void gather(const RolloutBuffer& rollout, std::span<const int> samples, int max_plies);
  // Leaves the gradient of the loss, divided by `minibatch`, in the parameters.
  void differentiate(const PpoOptions& options, int minibatch);
};

void Learner::gather(const RolloutBuffer& rollout, std::span<const int> samples, int max_plies) {
  batch.clear(static_cast<int>(samples.size()));
  chosen.clear();
  old_log_probabilities.clear();
  old_values.clear();
  advantages.clear();
  targets.clear();
  for (const int i : samples) {
    rollout.encode(i, max_plies, batch);
    const Sample& sample = rollout.sample(i);
    chosen.push_back(sample.chosen);
    old_log_probabilities.push_back(sample.log_probability);
    old_values.push_back(sample.value);
    advantages.push_back(sample.advantage);
    targets.push_back(sample.target);
  }
}

void Learner::differentiate(const PpoOptions& options, int minibatch) {
  for (Tensor& parameter : parameters) parameter.mutable_grad() = Tensor();
  sums = {};
  if (batch.size() == 0) return;
  const Tensor offsets = view(batch.offsets);
  const Network::Output output = network->forward(planes_of(batch), offsets, view(batch.actions));
  const ChosenMoves moves = chosen_moves(output.logits, offsets, view(chosen));
  const std::int64_t n = batch.size();
  const PpoLoss loss = ppo_loss({.log_probabilities = moves.log_probabilities,
                                 .entropies = moves.entropies,
                                 .values = output.values,
                                 .old_log_probabilities = view(old_log_probabilities, {n}),
                                 .old_values = view(old_values, {n}),
                                 .advantages = view(advantages, {n}),
                                 .targets = view(targets, {n})},
                                options);
  (loss.total / minibatch).backward();
  sums = {loss.policy.item<double>(), loss.value.item<double>(), loss.entropy.item<double>(),
          loss.kl.item<double>(), loss.clipped.item<double>()};
}

}  // namespace

struct PpoAgent::Impl {
  Impl(const Options& from, WorkerPool& workers);

  void build(std::shared_ptr<Network> with);
  // One step of the optimiser; the gradient norm before clipping, or which tensor is not finite.
  Result<double> step();

  Options options;
  WorkerPool& pool;
  Random shuffle;
  LearningRate learning_rate;
  std::shared_ptr<Network> network;
  std::unique_ptr<torch::optim::Adam> optimizer;
  std::vector<std::unique_ptr<Learner>> learners;  // one per worker; the first has `network`
};

PpoAgent::Impl::Impl(const Options& from, WorkerPool& workers)
    : options(from),
      pool(workers),
      shuffle(stream_seed(from.run.seed, 1ULL << 32)),
      learning_rate(from.ppo) {
  torch::manual_seed(options.run.seed);
  build(std::make_shared<Network>(options.network));
}

void PpoAgent::Impl::build(std::shared_ptr<Network> with) {
  network = std::move(with);
  optimizer = std::make_unique<torch::optim::Adam>(
      network->parameters(),
      torch::optim::AdamOptions(options.ppo.learning_rate).eps(kAdamEpsilon));
  learners.clear();
  learners.push_back(std::make_unique<Learner>(network));
  while (static_cast<int>(learners.size()) < pool.size()) {
    auto replica = std::make_shared<Network>(options.network);
    auto parameters = replica->parameters();
    const auto shared = network->parameters();
    for (std::size_t i = 0; i < shared.size(); ++i) parameters[i].set_data(shared[i].data());
    learners.push_back(std::make_unique<Learner>(std::move(replica)));
  }
}

Result<double> PpoAgent::Impl::step() {
  const torch::NoGradGuard without_gradient;
  auto& parameters = learners.front()->parameters;
  double squares = 0;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    Tensor gradient = parameters[i].grad();
    for (std::size_t other = 1; other < learners.size(); ++other) {
      const Tensor part = learners[other]->parameters[i].grad();
      if (!part.defined()) continue;
      if (gradient.defined()) {
        gradient += part;
      } else {
        parameters[i].mutable_grad() = gradient = part;
      }
    }
    if (!gradient.defined()) continue;
    const double norm = gradient.norm().item<double>();
    if (!std::isfinite(norm)) {
      return fail("the gradient of " + network->named_parameters()[i].key() + " is not finite");
    }
    squares += norm * norm;
  }
  const double norm = std::sqrt(squares);
  if (options.ppo.max_grad_norm > 0 && norm > options.ppo.max_grad_norm) {
    const double scale = options.ppo.max_grad_norm / norm;
    for (Tensor& parameter : parameters) {
      if (parameter.grad().defined()) parameter.mutable_grad() *= scale;
    }
  }
  optimizer->step();
  return norm;
}

PpoAgent::PpoAgent(const Options& options, WorkerPool& pool)
    : impl_(std::make_unique<Impl>(options, pool)) {}
PpoAgent::~PpoAgent() = default;

std::int64_t PpoAgent::parameter_count() const { return impl_->network->parameter_count(); }

void PpoAgent::evaluate(const PositionBatch& batch, PolicyOutput& output,
                        bool want_activation) const {
  const torch::NoGradGuard without_gradient;
  const Tensor offsets = view(batch.offsets);
  const Network::Output answer =
      impl_->network->forward(planes_of(batch), offsets, view(batch.actions));
  const Tensor log_probabilities = legal_log_softmax(answer.logits, offsets);
  output.log_probabilities.assign(log_probabilities.data_ptr<float>(),
                                  log_probabilities.data_ptr<float>() + log_probabilities.numel());
  const Tensor values = answer.values.contiguous();
  output.values.assign(values.data_ptr<float>(), values.data_ptr<float>() + values.numel());
  if (!want_activation) return;
  const Tensor gates = answer.gates[0].contiguous();
  output.activation.gates.assign(gates.data_ptr<float>(), gates.data_ptr<float>() + gates.numel());
  const Tensor activity =
      (answer.activation[0].abs() * gates.view({-1, 1, 1})).sum(0).contiguous().view(-1);
  std::copy_n(activity.data_ptr<float>(), kSquares, output.activation.activity.begin());
}

Result<LearnMetrics> PpoAgent::learn(RolloutBuffer& rollout, std::int64_t global_step,
                                     const std::stop_token& stop) {
  const PpoOptions& ppo = impl_->options.ppo;
  LearnMetrics metrics;
  metrics.explained_variance = rollout.explained_variance();
  metrics.entropy_max = rollout.mean_log_legal();
  if (ppo.normalize_advantages) rollout.normalize_advantages();
  metrics.learning_rate = impl_->learning_rate.at(global_step);
  for (auto& group : impl_->optimizer->param_groups()) {
    static_cast<torch::optim::AdamOptions&>(group.options()).lr(metrics.learning_rate);
  }

  std::vector<int> order(static_cast<std::size_t>(rollout.size()));
  std::iota(order.begin(), order.end(), 0);
  const int minibatch = std::min(ppo.minibatch, rollout.size());
  Sums all, last_epoch;
  int seen = 0, seen_last_epoch = 0;
  bool stopped = false;
  for (int epoch = 0; epoch < ppo.epochs && !stopped; ++epoch) {
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[impl_->shuffle.below(static_cast<std::uint32_t>(i))]);
    }
    last_epoch = {};
    seen_last_epoch = 0;
    for (int begin = 0; begin + minibatch <= rollout.size(); begin += minibatch) {
      if (stop.stop_requested()) return metrics;
      impl_->pool.run([&](int worker) {
        const Share share = share_of(minibatch, worker, impl_->pool.size());
        Learner& learner = *impl_->learners[static_cast<std::size_t>(worker)];
        learner.gather(rollout,
                       std::span(order).subspan(static_cast<std::size_t>(begin + share.begin),
                                                static_cast<std::size_t>(share.end - share.begin)),
                       impl_->options.environment.max_plies);
        learner.differentiate(ppo, minibatch);
      });
      Sums sums;
      for (const auto& learner : impl_->learners) sums += learner->sums;
      if (!std::isfinite(sums.policy) || !std::isfinite(sums.value)) {
        return fail(std::isfinite(sums.policy) ? "the value loss is not finite"
                                               : "the policy loss is not finite");
      }
      all += sums;
      last_epoch += sums;
      seen += minibatch;
      seen_last_epoch += minibatch;
      // Too far already: stop before this minibatch takes the policy further still.
      if (ppo.target_kl > 0 && last_epoch.kl / seen_last_epoch > 1.5 * ppo.target_kl && epoch > 0) {
        stopped = true;
        break;
      }
      const Result<double> norm = impl_->step();
      if (!norm) return tl::unexpected(norm.error());
      metrics.grad_norm += *norm;
      ++metrics.minibatches;
    }
  }
  impl_->learning_rate.adapt(last_epoch.kl / seen_last_epoch);
  metrics.policy_loss = all.policy / seen;
  metrics.value_loss = all.value / seen;
  metrics.entropy = all.entropy / seen;
  metrics.kl_divergence_approx = std::max(0.0, last_epoch.kl / seen_last_epoch);
  metrics.clip_fraction = last_epoch.clipped / seen_last_epoch;
  metrics.grad_norm /= std::max(1, metrics.minibatches);
  return metrics;
}

std::string PpoAgent::save() const {
  torch::serialize::OutputArchive archive, network, optimizer;
  impl_->network->save(network);
  impl_->optimizer->save(optimizer);
  archive.write("network", network);
  archive.write("optimizer", optimizer);
  archive.write("learning_rate", torch::tensor(impl_->learning_rate.current(), torch::kDouble));
  archive.write("shuffle", torch::tensor(static_cast<std::int64_t>(impl_->shuffle.state())));
  std::ostringstream bytes;
  archive.save_to(bytes);
  return bytes.str();
}

Result<void> PpoAgent::load(const std::string& bytes) {
  try {
    std::istringstream stream(bytes);
    torch::serialize::InputArchive archive, network, optimizer;
    archive.load_from(stream);
    archive.read("network", network);
    archive.read("optimizer", optimizer);
    Tensor learning_rate, shuffle;
    archive.read("learning_rate", learning_rate);
    archive.read("shuffle", shuffle);
    auto loaded = std::make_shared<Network>(impl_->options.network);
    const auto fresh = loaded->named_parameters();
    std::vector<torch::IntArrayRef> shapes;
    std::vector<std::vector<std::int64_t>> expected;
    for (const auto& item : fresh) expected.push_back(item.value().sizes().vec());
    loaded->load(network);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (loaded->parameters()[i].sizes() != torch::IntArrayRef(expected[i])) {
        return fail("it holds a network of another shape: " + fresh[i].key());
      }
    }
    torch::optim::Adam adam(loaded->parameters(),
                            torch::optim::AdamOptions(impl_->options.ppo.learning_rate));
    adam.load(optimizer);
    impl_->build(std::move(loaded));
    impl_->optimizer->load(optimizer);
    impl_->learning_rate.resume(learning_rate.item<double>());
    impl_->shuffle = Random(static_cast<std::uint64_t>(shuffle.item<std::int64_t>()));
    return {};
  } catch (const std::exception& error) {
    const std::string text = error.what();
    return fail(text.substr(0, text.find('\n')));
  }
}

}  // namespace keisei::rl
