#include "measured_training.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "rl/run/config.h"
#include "rl/selfplay/game_reporter.h"
#include "thread_clock.h"

using namespace keisei;

namespace {

constexpr auto kPatience = std::chrono::seconds(20);

rl::Options preset(int threads) {
  rl::Options options;
  if (const auto applied = rl::apply_preset(options, "cpu"); !applied) {
    throw std::runtime_error(applied.error().message);
  }
  // Every iteration does the same work: none ends early.
  options.ppo.target_kl = 0;
  options.ppo.schedule = rl::Schedule::constant;
  options.run.threads = threads;
  return options;
}

rl::Options options_for(int environments, int threads) {
  rl::Options options = preset(threads);
  options.environment.count = environments;
  options.ppo.steps = 1;
  options.ppo.minibatch = environments;
  return options;
}

void iterate(rl::Trainer& trainer, rl::FeaturedObserver* observer) {
  const auto iteration = trainer.iterate(observer);
  if (!iteration) throw std::runtime_error(iteration.error().message);
}

// The time in which the preset plays one ply of all its games and learns from it: of a rollout that
// fills one minibatch.
double seconds_per_ply(int threads, const Clock& clock) {
  constexpr int kIterations = 3;
  rl::Options options = preset(threads);
  options.ppo.steps = std::max(1, options.ppo.minibatch / options.environment.count);
  rl::Trainer trainer(options, clock);
  iterate(trainer, nullptr);  // warms up
  const SteadyTime begin = clock.steady();
  for (int i = 0; i < kIterations; ++i) iterate(trainer, nullptr);
  return std::chrono::duration<double>(clock.steady() - begin).count() /
         (kIterations * options.ppo.steps);
}

hook::HookOptions hook_options(const MeasuredTraining::Stream& stream) {
  hook::HookOptions options;
  options.url = stream.url;
  options.token_file = stream.token_file;
  options.publisher_cpu = stream.publisher_cpu;
  options.monitor.limit_pct = 0;  // measures, and never falls back
  options.monitor.window_steps = 2;
  // As the trainer does for a showcase on the same machine.
  options.backoff_max = options.breaker_wait = std::chrono::seconds(2);
  return options;
}

protocol::RunStarted run_started(const rl::Options& options, const rl::Trainer& trainer) {
  protocol::RunStarted run{};
  run.run_id = "impact";
  run.name = run.preset = "cpu";
  run.device = "cpu";
  run.parameters = trainer.player().parameter_count();
  run.tower_depth = options.network.depth;
  run.tower_width = options.network.width;
  run.reward = protocol::Reward::shaped;
  run.clip_epsilon = options.ppo.clip_epsilon;
  run.environments = options.environment.count;
  return run;
}

// Of the iterations without streaming: not trimmed, because the long ones, in which games begin,
// are training too.
double mean_without(const std::vector<hook::Trial>& trials) {
  double sum = 0;
  for (const hook::Trial& trial : trials) sum += trial.off_s;
  return sum / static_cast<double>(trials.size());
}

}  // namespace

MeasuredTraining::MeasuredTraining(int environments, int threads)
    : options_(options_for(environments, threads)),
      ply_s_(seconds_per_ply(threads, clock_)),
      twins_{rl::Trainer(options_, clock_), rl::Trainer(options_, clock_)} {
  for (int i = 0; i < 20; ++i) iterate_both(nullptr);  // warms up
}

void MeasuredTraining::iterate_both(rl::FeaturedObserver* observer) {
  iterate(twins_[0], observer);
  iterate(twins_[1], nullptr);
}

MeasuredTraining::Result MeasuredTraining::run(
    const Stream& stream, double seconds,
    const std::function<bool(const hook::StreamingHook&)>& ready) {
  hook::StreamingHook hook(hook_options(stream), run_started(options_, twins_[0]), clock_);
  rl::GameReporter featured({.move = [&](const auto& event) { hook.emit(event); },
                             .attention = [&](const auto& event) { hook.emit(event); },
                             .finished = [&](const auto& event) { hook.emit(event); }},
                            stream.attention_per_second, options_.network.depth, clock_);
  const SteadyTime begin = clock_.steady();
  while (!ready(hook)) {
    if (clock_.steady() - begin > kPatience) {
      throw std::runtime_error(stream.url + " does not get ready");
    }
    iterate_both(&featured);
  }

  const ThreadClock thread_clock;
  std::vector<hook::Trial> trials;
  ThreadTime sum{};
  const auto end = clock_.steady() + std::chrono::duration_cast<SteadyTime::duration>(
                                         std::chrono::duration<double>(seconds));
  while (clock_.steady() < end || trials.size() < 10) {
    // Where a twin lies in memory makes it faster or slower: they take turns.
    const std::size_t streaming_twin = trials.size() % 2;
    hook::Trial trial{};
    for (int half = 0; half < 2; ++half) {
      hook.begin_step();  // a window of the monitor's has two steps at least
      const bool streamed = hook.begin_step();
      rl::Trainer& trainer = twins_[streamed ? streaming_twin : 1 - streaming_twin];
      const ThreadTime before = thread_clock.now();
      if (streamed) {
        // Of the last update: the publisher's work on it belongs to this half.
        hook.emit(trainer.metrics().format_ppo_metrics());
        featured.set_update(trainer.metrics().updates());
      }
      iterate(trainer, streamed ? &featured : nullptr);
      const ThreadTime took = thread_clock.now() - before;
      (streamed ? trial.on_s : trial.off_s) = took.wall_s;
      sum.wall_s += took.wall_s;
      sum.waiting_s += took.waiting_s;
    }
    trials.push_back(trial);
  }
  if (twins_[0].metrics().format_ppo_metrics().metrics[hook::Metric::policy_loss] !=
      twins_[1].metrics().format_ppo_metrics().metrics[hook::Metric::policy_loss]) {
    throw std::runtime_error("the two trainings no longer do the same");
  }
  const double window_s = mean_without(trials);
  return {.impact = hook::estimate_impact(trials, ply_s_),
          .window_impact = hook::estimate_impact(trials, window_s),
          .ply_ms = 1000 * ply_s_,
          .window_ms = 1000 * window_s,
          .waiting_pct = 100 * sum.waiting_s / sum.wall_s,
          .counters = hook.counters()};
}
