#include "rl/ppo_agent.h"

#include <torch/torch.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <mutex>
#include <numeric>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "rl/learner.h"
#include "rl/learning_rate.h"
#include "rl/legal_policy.h"
#include "rl/network.h"
#include "rl/optimizer.h"
#include "rl/random.h"

namespace keisei::rl {
namespace {

using torch::Tensor;

// Throws if the archive holds something else than such a network.
std::shared_ptr<Network> read_network(torch::serialize::InputArchive& archive,
                                      const NetworkOptions& options) {
  auto loaded = std::make_shared<Network>(options);
  std::vector<std::pair<std::string, std::vector<std::int64_t>>> expected;
  for (const auto& item : loaded->named_parameters()) {
    expected.emplace_back(item.key(), item.value().sizes().vec());
  }
  loaded->load(archive);
  const auto parameters = loaded->parameters();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    if (parameters[i].sizes() != torch::IntArrayRef(expected[i].second)) {
      throw std::runtime_error("it holds a network of another shape: " + expected[i].first);
    }
  }
  return loaded;
}

// Torch adds a stack trace of many lines.
std::string first_line(const std::exception& error) {
  const std::string text = error.what();
  return text.substr(0, text.find('\n'));
}

std::string bytes_of(torch::serialize::OutputArchive& archive) {
  std::ostringstream bytes;
  archive.save_to(bytes);
  return bytes.str();
}

}  // namespace

struct PpoAgent::Impl {
  Impl(const Options& from, WorkerPool& workers, ProcessGroup* processes);

  void build(std::shared_ptr<Network> with);
  // The network that the penalty refers to; null without one.
  Network* reference_now();
  // The epochs of learn(); on failure the weights are those of the last good step.
  Result<LearnMetrics> learn_from(const RolloutBuffer& rollout, LearnMetrics metrics,
                                  const std::stop_token& stop);
  LearnSums differentiate(const RolloutBuffer& rollout, std::span<const int> samples,
                          Network* reference);
  std::string blame(const std::string& what);

  Options options;
  WorkerPool& pool;
  ProcessGroup* group;  // null: alone
  Random shuffle;
  LearningRate learning_rate;
  std::shared_ptr<Network> network;
  std::unique_ptr<Optimizer> optimizer;
  std::vector<std::unique_ptr<Learner>> learners;  // one per worker; the first has `network`
  std::shared_ptr<Network> reference;
  std::int64_t reference_age = 0;  // updates
};

PpoAgent::Impl::Impl(const Options& from, WorkerPool& workers, ProcessGroup* processes)
    : options(from),
      pool(workers),
      group(processes),
      shuffle(stream_seed(static_cast<std::uint64_t>(from.run.seed),
                          (1ULL << 32) + static_cast<std::uint64_t>(group ? group->rank() : 0))),
      learning_rate(from.ppo) {
  // Torch's generator belongs to the whole process.
  static std::mutex seeding;
  const std::lock_guard lock(seeding);
  torch::manual_seed(options.run.seed);
  build(std::make_shared<Network>(options.network));
}

void PpoAgent::Impl::build(std::shared_ptr<Network> with) {
  network = std::move(with);
  optimizer = std::make_unique<Optimizer>(network, options.ppo, pool, group);
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

Network* PpoAgent::Impl::reference_now() {
  if (options.ppo.kl_penalty <= 0) return nullptr;
  if (reference == nullptr || reference_age >= options.ppo.kl_reference_updates) {
    auto copy = std::make_shared<Network>(options.network);
    auto parameters = copy->parameters();
    const auto current = network->parameters();
    for (std::size_t i = 0; i < current.size(); ++i) {
      parameters[i].set_data(current[i].data().clone());
    }
    reference = std::move(copy);
    reference_age = 0;
  }
  ++reference_age;
  return reference.get();
}

LearnSums PpoAgent::Impl::differentiate(const RolloutBuffer& rollout, std::span<const int> samples,
                                        Network* older) {
  const int count = static_cast<int>(samples.size());
  const int everywhere = count * (group != nullptr ? group->size() : 1);
  std::vector<LearnSums> parts(learners.size());
  pool.run([&](int worker) {
    const auto at = static_cast<std::size_t>(worker);
    const Share share = share_of(count, worker, pool.size());
    learners[at]->gather(rollout,
                         samples.subspan(static_cast<std::size_t>(share.begin),
                                         static_cast<std::size_t>(share.end - share.begin)),
                         options.environment.max_plies);
    parts[at] = learners[at]->differentiate(options.ppo, everywhere, older);
  });
  LearnSums sums;
  for (const LearnSums& part : parts) sums += part;
  if (group != nullptr) {
    double values[] = {sums.policy, sums.value,   sums.entropy,
                       sums.kl,     sums.clipped, sums.divergence};
    group->sum(std::span<double>(values));
    sums = {values[0], values[1], values[2], values[3], values[4], values[5]};
  }
  return sums;
}

std::string PpoAgent::Impl::blame(const std::string& what) {
  for (const auto& learner : learners) {
    if (const auto tensor = learner->first_not_finite()) {
      return what + "; the first tensor that is not: " + *tensor;
    }
  }
  return what;
}

Result<LearnMetrics> PpoAgent::Impl::learn_from(const RolloutBuffer& rollout, LearnMetrics metrics,
                                                const std::stop_token& stop) {
  const PpoOptions& ppo = options.ppo;
  Network* const older = reference_now();
  std::vector<int> order = rollout.learnable();
  int available = static_cast<int>(order.size());
  if (group != nullptr) {
    double least[] = {-static_cast<double>(available)};
    group->largest(std::span<double>(least));
    available = static_cast<int>(-least[0]);
  }
  const int minibatch = std::min(ppo.minibatch, available);
  const int everywhere = minibatch * (group != nullptr ? group->size() : 1);
  LearnSums all, last_epoch;
  int seen = 0, seen_last_epoch = 0;
  bool stopped = false;
  for (int epoch = 0; epoch < ppo.epochs && !stopped && minibatch > 0; ++epoch) {
    for (std::size_t i = order.size(); i > 1; --i) {
      std::swap(order[i - 1], order[shuffle.below(static_cast<std::uint32_t>(i))]);
    }
    last_epoch = {};
    seen_last_epoch = 0;
    for (int begin = 0; begin + minibatch <= available; begin += minibatch) {
      if (stop.stop_requested()) return metrics;
      const LearnSums sums =
          differentiate(rollout,
                        std::span(order).subspan(static_cast<std::size_t>(begin),
                                                 static_cast<std::size_t>(minibatch)),
                        older);
      if (!std::isfinite(sums.policy)) return fail(blame("the policy loss is not finite"));
      if (!std::isfinite(sums.value)) return fail(blame("the value loss is not finite"));
      all += sums;
      last_epoch += sums;
      seen += everywhere;
      seen_last_epoch += everywhere;
      // Too far already: stop before this minibatch takes the policy further still.
      if (ppo.target_kl > 0 && last_epoch.kl / seen_last_epoch > 1.5 * ppo.target_kl && epoch > 0) {
        stopped = true;
        break;
      }
      const Result<double> norm = optimizer->step(learners);
      if (!norm) return fail(blame(norm.error().message));
      metrics.grad_norm += *norm;
      ++metrics.minibatches;
    }
  }
  if (seen == 0) return metrics;
  learning_rate.adapt(last_epoch.kl / seen_last_epoch);
  metrics.policy_loss = all.policy / seen;
  metrics.value_loss = all.value / seen;
  metrics.entropy = all.entropy / seen;
  metrics.kl_divergence_approx = std::max(0.0, last_epoch.kl / seen_last_epoch);
  metrics.clip_fraction = last_epoch.clipped / seen_last_epoch;
  metrics.kl_from_older = older == nullptr ? std::numeric_limits<double>::quiet_NaN()
                                           : last_epoch.divergence / seen_last_epoch;
  metrics.grad_norm /= std::max(1, metrics.minibatches);
  return metrics;
}

PpoAgent::PpoAgent(const Options& options, WorkerPool& pool, ProcessGroup* group)
    : impl_(std::make_unique<Impl>(options, pool, group)) {}
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
  LearnMetrics metrics;
  metrics.explained_variance = rollout.explained_variance();
  metrics.entropy_max = rollout.mean_log_legal();
  if (impl_->options.ppo.normalize_advantages) rollout.normalize_advantages(impl_->group);
  metrics.learning_rate = impl_->learning_rate.at(global_step);
  impl_->optimizer->set_learning_rate(metrics.learning_rate);
  const std::string before = save();
  Result<LearnMetrics> learnt = impl_->learn_from(rollout, metrics, stop);
  if (!learnt) {
    if (const Result<void> restored = load(before); !restored) {
      return fail(learnt.error().message + "; and " + restored.error().message);
    }
  }
  return learnt;
}

std::string PpoAgent::save() const {
  torch::serialize::OutputArchive archive, network, optimizer;
  impl_->network->save(network);
  impl_->optimizer->state().save(optimizer);
  archive.write("network", network);
  archive.write("optimizer", optimizer);
  archive.write("learning_rate", torch::tensor(impl_->learning_rate.current(), torch::kDouble));
  archive.write("shuffle", torch::tensor(static_cast<std::int64_t>(impl_->shuffle.state())));
  if (impl_->reference != nullptr) {
    torch::serialize::OutputArchive reference;
    impl_->reference->save(reference);
    archive.write("reference", reference);
    archive.write("reference_age", torch::tensor(impl_->reference_age));
  }
  return bytes_of(archive);
}

Result<void> PpoAgent::load(const std::string& bytes) {
  try {
    std::istringstream stream(bytes);
    torch::serialize::InputArchive archive, network, optimizer, older;
    archive.load_from(stream);
    archive.read("network", network);
    archive.read("optimizer", optimizer);
    Tensor learning_rate, shuffle, age;
    archive.read("learning_rate", learning_rate);
    archive.read("shuffle", shuffle);
    auto loaded = read_network(network, impl_->options.network);
    std::shared_ptr<Network> reference;
    if (archive.try_read("reference", older)) {
      reference = read_network(older, impl_->options.network);
      archive.read("reference_age", age);
    }
    torch::optim::Adam adam(loaded->parameters(),
                            torch::optim::AdamOptions(impl_->options.ppo.learning_rate));
    adam.load(optimizer);
    impl_->build(std::move(loaded));
    impl_->optimizer->state().load(optimizer);
    impl_->learning_rate.resume(learning_rate.item<double>());
    impl_->shuffle = Random(static_cast<std::uint64_t>(shuffle.item<std::int64_t>()));
    impl_->reference = std::move(reference);
    impl_->reference_age = impl_->reference == nullptr ? 0 : age.item<std::int64_t>();
    return {};
  } catch (const std::exception& error) {
    return fail(first_line(error));
  }
}

std::string PpoAgent::save_weights() const {
  torch::serialize::OutputArchive archive;
  impl_->network->save(archive);
  return bytes_of(archive);
}

Result<void> PpoAgent::load_weights(const std::string& bytes) {
  try {
    std::istringstream stream(bytes);
    torch::serialize::InputArchive archive;
    archive.load_from(stream);
    impl_->build(read_network(archive, impl_->options.network));
    return {};
  } catch (const std::exception& error) {
    return fail(first_line(error));
  }
}

}  // namespace keisei::rl
