// How fast training is: whole iterations, and what the network alone would take for them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "base/clock.h"
#include "harness/report.h"
#include "network_bound.h"
#include "rl/network/blas_environment.h"
#include "rl/ppo/ppo_agent.h"
#include "rl/run/config.h"
#include "rl/selfplay/self_play.h"

namespace {

using namespace keisei;

// Rollouts are so short that a repetition takes seconds. What is done once per rollout then weighs
// more than it does in a run, so the figures are rather too low than too high.
constexpr int kMinibatchesPerEpoch = 2;

struct Request {
  std::string bench;
  std::vector<std::string> presets{"demo", "cpu"}, settings;
  int repetitions = 3, threads = 0;
  bool json = false;
};

struct Samples {
  std::vector<double> samples_per_s, network_bound, efficiency, selfplay_share, update_s;
};

double seconds_of(const auto& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

// Whole iterations of training, timed.
class Training {
 public:
  explicit Training(const rl::Options& options)
      : pool_(options.run.threads),
        agent_(options, pool_),
        self_play_(options, pool_, clock_),
        rollout_(options.environment.count, options.ppo.steps) {}

  struct Iteration {
    double playing_s, learning_s;
    double rules_s;  // of playing_s: all but the network, mean over the threads
    int minibatches;

    double seconds() const { return playing_s + learning_s; }
  };
  Iteration iterate() {
    Iteration iteration{};
    iteration.playing_s =
        seconds_of([&] { self_play_.collect(agent_.player(), rollout_, nullptr); });
    iteration.rules_s = self_play_.take_time().rules / pool_.size();
    iteration.learning_s = seconds_of([&] {
      const auto metrics = agent_.learn(rollout_, step_);
      if (!metrics) throw std::runtime_error(metrics.error().message);
      iteration.minibatches = metrics->minibatches;
    });
    step_ += rollout_.size();
    return iteration;
  }

  rl::WorkerPool& pool() { return pool_; }
  const rl::RolloutBuffer& rollout() const { return rollout_; }

 private:
  SystemClock clock_;
  rl::WorkerPool pool_;
  rl::PpoAgent agent_;
  rl::SelfPlay self_play_;
  rl::RolloutBuffer rollout_;
  std::int64_t step_ = 0;
};

// Takes turns: an iteration of training, and the network's part of one alone.
Samples measure(const rl::Options& options, int repetitions) {
  Training training(options);
  training.iterate();  // warms up
  NetworkBound network(options, training.rollout(), training.pool());
  network.run(1);
  Samples samples;
  for (int i = 0; i < repetitions; ++i) {
    const Training::Iteration whole = training.iterate();
    const NetworkBound::Seconds alone = network.run(whole.minibatches);
    const double network_s = alone.playing + alone.learning;
    const int size = training.rollout().size();
    samples.samples_per_s.push_back(size / whole.seconds());
    samples.network_bound.push_back(size / network_s);
    samples.efficiency.push_back(network_s / whole.seconds());
    samples.selfplay_share.push_back(whole.rules_s / whole.seconds());
    samples.update_s.push_back(whole.learning_s);
  }
  return samples;
}

Result<rl::Options> options_of(const Request& request, const std::string& preset) {
  rl::Options options;
  Result<void> applied = rl::apply_preset(options, preset);
  // All epochs are measured: none ends early because the policy went far enough.
  options.ppo.schedule = rl::Schedule::constant;
  options.ppo.target_kl = 0;
  options.ppo.steps = kMinibatchesPerEpoch * options.ppo.minibatch / options.environment.count;
  for (const std::string& setting : request.settings) {
    if (applied) applied = rl::apply_setting(options, setting);
  }
  if (applied && request.threads > 0) options.run.threads = request.threads;
  if (applied) applied = rl::validate(options);
  if (applied && options.run.device != "cpu")
    applied = fail("this benchmark measures the CPU only");
  if (!applied) return tl::unexpected(applied.error());
  return options;
}

harness::Report report_on(const std::string& bench, const rl::Options& options) {
  harness::Report report(bench);
  report.word("preset", options.run.preset)
      .figure("threads", options.run.threads)
      .figure("environments", options.environment.count)
      .figure("steps", options.ppo.steps)
      .figure("epochs", options.ppo.epochs)
      .figure("minibatch", options.ppo.minibatch);
  return report;
}

int throughput(const Request& request) {
  for (const std::string& preset : request.presets) {
    const auto options = options_of(request, preset);
    if (!options) {
      fmt::print(stderr, "keisei-bench-train: {}\n", options.error().message);
      return 2;
    }
    const Samples samples = measure(*options, request.repetitions);
    report_on("train.throughput", *options)
        .figure("samples_per_s", samples.samples_per_s)
        .figure("network_bound_samples_per_s", samples.network_bound)
        .figure("efficiency", samples.efficiency, harness::at_least(0.85))
        .figure("selfplay_share", samples.selfplay_share, harness::at_most(0.15))
        .figure("update_s", samples.update_s)
        .print(request.json);
  }
  return 0;
}

// Keisei's epochs, minibatch and head with the small tower for which its own speed is known; a
// rollout has a quarter of its samples.
int versus_keisei(Request request) {
  request.settings.insert(request.settings.begin(),
                          {"network.depth=1", "network.width=16", "environment.count=16",
                           "ppo.steps=32", "run.threads=2"});
  const auto options = options_of(request, "keisei-default");
  if (!options) {
    fmt::print(stderr, "keisei-bench-train: {}\n", options.error().message);
    return 2;
  }
  Training training(*options);
  training.iterate();  // warms up
  std::vector<double> rates;
  for (int i = 0; i < request.repetitions; ++i) {
    rates.push_back(training.rollout().size() / training.iterate().seconds());
  }
  // Keisei itself: 15 to 20.
  report_on("train.vs_keisei", *options)
      .figure("samples_per_s", rates, harness::at_least(300))
      .print(request.json);
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  keisei::rl::restart_with_blas_environment(argv);
  Request request;
  CLI::App app("Measures training speed.");
  app.require_subcommand(1);
  CLI::App* const speed = app.add_subcommand("throughput", "train.throughput");
  CLI::App* const versus = app.add_subcommand("vs_keisei", "train.vs_keisei");
  for (CLI::App* command : {speed, versus}) {
    command->add_flag("--json", request.json, "One line of JSON per preset");
    command->add_option("--repetitions", request.repetitions)->capture_default_str();
    command->add_option("--threads", request.threads, "The preset's if not given");
    command->add_option("--set", request.settings, "A setting of the trainer, as ppo.epochs=4");
  }
  speed->add_option("--preset", request.presets)->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    return versus->parsed() ? versus_keisei(request) : throughput(request);
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-bench-train: {}\n", error.what());
    return 1;
  }
}
