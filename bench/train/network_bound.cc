#include "network_bound.h"

#include <torch/utils.h>

#include <chrono>

#include "rl/encoding/position_batch.h"
#include "rl/network/legal_policy.h"
#include "rl/network/network.h"

using namespace keisei::rl;

namespace {

// Tensors that own their memory.
struct Ready {
  torch::Tensor planes, offsets, actions, chosen;

  Ready(const RolloutBuffer& rollout, int max_plies, int size) {
    PositionBatch batch;
    batch.clear(size);
    std::vector<std::int32_t> choices;
    for (int i = 0; i < size; ++i) {
      // Spread over the rollout, so that openings and endings are both in it.
      const int sample = static_cast<int>(static_cast<long long>(rollout.size()) * i / size);
      rollout.encode(sample, max_plies, batch);
      choices.push_back(rollout.sample(sample).chosen);
    }
    planes = torch::tensor(batch.planes).view({size, kSquares, kPlanes});
    offsets = torch::tensor(batch.offsets, torch::kInt);
    actions = torch::tensor(batch.actions, torch::kInt);
    chosen = torch::tensor(choices, torch::kInt);
  }
};

int size_of(const Share& share) { return share.end - share.begin; }

}  // namespace

struct NetworkBound::Part {
  Network network;
  Ready play, learn;

  Part(const Options& options, const RolloutBuffer& rollout, int positions, int samples)
      : network(options.network),
        play(rollout, options.environment.max_plies, positions),
        learn(rollout, options.environment.max_plies, samples) {}

  void forward() {
    const torch::NoGradGuard without_gradient;
    const auto output = network.forward(play.planes, play.offsets, play.actions);
    legal_log_softmax(output.logits, play.offsets);
  }

  void forward_and_backward() {
    for (auto& parameter : network.parameters()) parameter.mutable_grad() = torch::Tensor();
    const auto output = network.forward(learn.planes, learn.offsets, learn.actions);
    const ChosenMoves moves = chosen_moves(output.logits, learn.offsets, learn.chosen);
    (output.values.square().sum() - moves.log_probabilities.sum() - moves.entropies.sum())
        .backward();
  }
};

NetworkBound::NetworkBound(const Options& options, const RolloutBuffer& rollout, WorkerPool& pool)
    : options_(options), pool_(pool) {
  for (int worker = 0; worker < pool.size(); ++worker) {
    parts_.push_back(std::make_unique<Part>(
        options, rollout, size_of(share_of(options.environment.count, worker, pool.size())),
        size_of(share_of(options.ppo.minibatch, worker, pool.size()))));
  }
}
NetworkBound::~NetworkBound() = default;

NetworkBound::Seconds NetworkBound::run(int minibatches) {
  using Clock = std::chrono::steady_clock;
  const auto begin = Clock::now();
  pool_.run([&](int worker) {
    for (int i = 0; i <= options_.ppo.steps; ++i)
      parts_[static_cast<std::size_t>(worker)]->forward();
  });
  const auto played = Clock::now();
  for (int i = 0; i < minibatches; ++i) {
    pool_.run(
        [&](int worker) { parts_[static_cast<std::size_t>(worker)]->forward_and_backward(); });
  }
  return {std::chrono::duration<double>(played - begin).count(),
          std::chrono::duration<double>(Clock::now() - played).count()};
}
