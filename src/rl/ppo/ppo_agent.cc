#include "rl/ppo/ppo_agent.h"

#include <torch/optim/adam.h>
#include <torch/serialize.h>

#include <optional>
#include <sstream>
#include <utility>
#include <vector>

#include "rl/network/network.h"
#include "rl/network/weights.h"
#include "rl/ppo/learner.h"
#include "rl/ppo/learning_rate.h"
#include "rl/ppo/optimizer.h"
#include "rl/ppo/ppo_update.h"
#include "rl/random.h"

namespace keisei::rl {

using torch::Tensor;

struct PpoAgent::Impl {
  Impl(const Options& from, WorkerPool& workers, ProcessGroup* processes);

  void build(std::shared_ptr<Network> with);
  // The network that the penalty refers to; null without one.
  Network* reference_now();

  Options options;
  WorkerPool& pool;
  ProcessGroup* group;  // null: alone
  torch::Device device;
  Random shuffle;
  LearningRate learning_rate;
  std::shared_ptr<Network> network;
  std::optional<Player> player;  // has `network`
  std::unique_ptr<Optimizer> optimizer;
  PpoUpdate::Learners learners;  // the first has `network`
  std::shared_ptr<Network> reference;
  std::int64_t reference_age = 0;  // updates
};

PpoAgent::Impl::Impl(const Options& from, WorkerPool& workers, ProcessGroup* processes)
    : options(from),
      pool(workers),
      group(processes),
      device(from.run.device),
      shuffle(stream_seed(static_cast<std::uint64_t>(from.run.seed),
                          (1ULL << 32) + static_cast<std::uint64_t>(group ? group->rank() : 0))),
      learning_rate(from.ppo) {
  build(fresh_network(options.network, options.run.seed));
}

void PpoAgent::Impl::build(std::shared_ptr<Network> with) {
  network = std::move(with);
  network->to(device);
  player.emplace(network);
  optimizer = std::make_unique<Optimizer>(network, options.ppo, pool, group);
  learners.clear();
  learners.push_back(std::make_unique<Learner>(network));
  // One per worker on the CPU; another device is kept busy by whole minibatches.
  const int count = device.is_cpu() ? pool.size() : 1;
  while (static_cast<int>(learners.size()) < count) {
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
    copy->to(device);
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

PpoAgent::PpoAgent(const Options& options, WorkerPool& pool, ProcessGroup* group)
    : impl_(std::make_unique<Impl>(options, pool, group)) {}
PpoAgent::~PpoAgent() = default;

const Player& PpoAgent::player() const { return *impl_->player; }

Result<LearnMetrics> PpoAgent::learn(RolloutBuffer& rollout, std::int64_t global_step,
                                     const std::stop_token& stop) {
  LearnMetrics metrics;
  metrics.figures[hook::Metric::entropy_max] = rollout.mean_log_legal(impl_->group);
  if (impl_->options.ppo.normalize_advantages) rollout.normalize_advantages(impl_->group);
  const double learning_rate = impl_->learning_rate.at(global_step);
  metrics.figures[hook::Metric::learning_rate] = learning_rate;
  impl_->optimizer->set_learning_rate(learning_rate);
  const std::string before = save();
  PpoUpdate update(impl_->options, impl_->pool, impl_->group, impl_->learners, *impl_->optimizer,
                   impl_->reference_now());
  Result<LearnMetrics> learnt =
      update.run(rollout, metrics, impl_->shuffle, impl_->learning_rate, stop);
  if (learnt && !learnt->given_up) return learnt;
  if (const Result<void> restored = load(before); !restored) {
    return learnt ? fail("what was begun cannot be undone: " + restored.error().message)
                  : fail(learnt.error().message + "; and " + restored.error().message);
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
    archive.load_from(stream, impl_->device);
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

}  // namespace keisei::rl
