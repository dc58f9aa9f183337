#include "rl/trainer.h"

#include <fmt/format.h>

#include "rl/config.h"

namespace keisei::rl {
namespace {

double seconds(SteadyTime from, SteadyTime to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace

Trainer::Trainer(const Options& options, const Clock& clock)
    : options_(options),
      clock_(clock),
      pool_(options.run.threads),
      agent_(options, pool_),
      self_play_(options, pool_),
      rollout_(options.environment.count, options.ppo.steps) {}

Result<std::optional<Iteration>> Trainer::iterate(FeaturedObserver* observer,
                                                  const std::stop_token& stop) {
  const SteadyTime begin = clock_.steady();
  self_play_.collect(agent_, rollout_, observer, stop);
  if (stop.stop_requested()) return std::nullopt;
  const SteadyTime played = clock_.steady();
  Result<LearnMetrics> learnt = agent_.learn(rollout_, metrics_.global_timestep(), stop);
  if (!learnt) return tl::unexpected(learnt.error());
  if (stop.stop_requested()) return std::nullopt;
  const Iteration iteration{.learnt = *learnt,
                            .episodes = self_play_.take_statistics(),
                            .samples = rollout_.size(),
                            .selfplay_s = seconds(begin, played),
                            .update_s = seconds(played, clock_.steady())};
  metrics_.add(iteration);
  return iteration;
}

Checkpoint Trainer::checkpoint(const std::string& run_id) const {
  Checkpoint result{.run_id = run_id,
                    .config = to_toml(options_),
                    .updates = metrics_.updates(),
                    .global_timestep = metrics_.global_timestep(),
                    .totals = metrics_.totals(),
                    .environments = {},
                    .agent = agent_.save()};
  for (const Environment& environment : self_play_.environments()) {
    EnvironmentState state;
    for (const shogi::Move move : environment.game.moves()) state.moves.push_back(move.bits());
    state.random_state = environment.random.state();
    state.game_number = environment.game_number;
    result.environments.push_back(std::move(state));
  }
  return result;
}

Result<void> Trainer::resume(const Checkpoint& checkpoint) {
  if (checkpoint.environments.size() != self_play_.environments().size()) {
    return fail(
        fmt::format("it was made with environment.count = {}", checkpoint.environments.size()));
  }
  if (Result<void> loaded = agent_.load(checkpoint.agent); !loaded) return loaded;
  for (std::size_t i = 0; i < checkpoint.environments.size(); ++i) {
    const EnvironmentState& state = checkpoint.environments[i];
    Result<void> restored =
        self_play_.restore(static_cast<int>(i), state.moves, state.random_state, state.game_number);
    if (!restored) return restored;
  }
  metrics_.resume(checkpoint.updates, checkpoint.global_timestep, checkpoint.totals);
  return {};
}

}  // namespace keisei::rl
