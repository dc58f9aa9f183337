#include "measured_training.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "rl/config.h"
#include "rl/featured_game.h"

using namespace keisei;

namespace {

constexpr int kHalf = 2;  // iterations of one sort in a trial
constexpr auto kPatience = std::chrono::seconds(20);

rl::Options options_for(int environments, int threads) {
  rl::Options options;
  if (const auto applied = rl::apply_preset(options, "cpu"); !applied) {
    throw std::runtime_error(applied.error().message);
  }
  options.environment.count = environments;
  options.ppo.steps = 1;
  options.ppo.minibatch = environments;
  // Every iteration does the same work: none ends early.
  options.ppo.target_kl = 0;
  options.ppo.schedule = rl::Schedule::constant;
  options.run.threads = threads;
  return options;
}

hook::HookOptions hook_options(const std::string& url, const std::string& token_file) {
  hook::HookOptions options;
  options.url = url;
  options.token_file = token_file;
  options.monitor.limit_pct = 0;  // measures, and never falls back
  options.monitor.window_steps = kHalf;
  // As the trainer does for a showcase on the same machine.
  options.backoff_max = options.breaker_wait = std::chrono::seconds(2);
  return options;
}

protocol::RunStarted run_started(const rl::Options& options, const rl::Trainer& trainer) {
  protocol::RunStarted run{};
  run.run_id = "impact";
  run.name = run.preset = "cpu";
  run.device = "cpu";
  run.parameters = trainer.agent().parameter_count();
  run.tower_depth = options.network.depth;
  run.tower_width = options.network.width;
  run.reward = "shaped";
  run.clip_epsilon = options.ppo.clip_epsilon;
  run.environments = options.environment.count;
  return run;
}

}  // namespace

MeasuredTraining::MeasuredTraining(int environments, int threads)
    : options_(options_for(environments, threads)), trainer_(options_, clock_) {
  for (int i = 0; i < 20; ++i) iterate(nullptr);  // warms up
}

double MeasuredTraining::iterate(rl::FeaturedObserver* observer) {
  const SteadyTime begin = clock_.steady();
  const auto iteration = trainer_.iterate(observer);
  if (!iteration) throw std::runtime_error(iteration.error().message);
  return std::chrono::duration<double>(clock_.steady() - begin).count();
}

MeasuredTraining::Result MeasuredTraining::run(
    const std::string& url, const std::string& token_file, double attention_per_second,
    double seconds, const std::function<bool(const hook::StreamingHook&)>& ready) {
  hook::StreamingHook hook(hook_options(url, token_file), run_started(options_, trainer_), clock_);
  rl::FeaturedGame featured(
      {.move = [&](const auto& event) { hook.emit_move(event); },
       .attention = [&](const auto& event) { hook.emit_attention(event); },
       .finished = [&](const auto& event) { hook.emit_game_finished(event); }},
      attention_per_second, options_.network.depth, clock_);
  const SteadyTime begin = clock_.steady();
  while (!ready(hook)) {
    if (clock_.steady() - begin > kPatience) throw std::runtime_error(url + " does not get ready");
    iterate(&featured);
  }

  std::vector<hook::Trial> trials;
  std::vector<double> without;
  const auto end = clock_.steady() + std::chrono::duration_cast<SteadyTime::duration>(
                                         std::chrono::duration<double>(seconds));
  while (clock_.steady() < end || trials.size() < 10) {
    hook::Trial trial{0, 0};
    for (int i = 0; i < 2 * kHalf; ++i) {
      const bool streamed = hook.begin_step();
      featured.set_update(trainer_.metrics().updates());
      const SteadyTime started = clock_.steady();
      iterate(streamed ? &featured : nullptr);
      if (streamed) hook.emit_ppo_metrics(trainer_.metrics().format_ppo_metrics());
      const double took = std::chrono::duration<double>(clock_.steady() - started).count();
      (streamed ? trial.on_s : trial.off_s) += took / kHalf;
    }
    trials.push_back(trial);
    without.push_back(trial.off_s);
  }
  std::nth_element(without.begin(),
                   without.begin() + static_cast<std::ptrdiff_t>(without.size() / 2),
                   without.end());
  return {hook::estimate_impact(trials), 1000 * without[without.size() / 2], hook.counters()};
}
