// How fast training is: whole iterations, and what the network alone would take for them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "base/clock.h"
#include "machine.h"
#include "network_bound.h"
#include "rl/blas_environment.h"
#include "rl/config.h"
#include "rl/rollout.h"

namespace {

using namespace keisei;

constexpr double kEfficiencyBar = 0.85, kSelfplayShareBar = 0.15, kKeiseiBar = 300;
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
    iteration.playing_s = seconds_of([&] { self_play_.collect(agent_, rollout_, nullptr); });
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

std::string rollout_text(const rl::Options& options) {
  return fmt::format("{} environments x {} steps, {} epochs, minibatch {}",
                     options.environment.count, options.ppo.steps, options.ppo.epochs,
                     options.ppo.minibatch);
}

std::string rollout_json(const rl::Options& options) {
  return fmt::format(R"("threads":{},"environments":{},"steps":{},"epochs":{},"minibatch":{})",
                     options.run.threads, options.environment.count, options.ppo.steps,
                     options.ppo.epochs, options.ppo.minibatch);
}

std::string verdict(bool met) { return met ? "met" : "MISSED"; }

void report_throughput(const Request& request, const rl::Options& options, const Samples& samples) {
  const Spread rate = spread_of(samples.samples_per_s), bound = spread_of(samples.network_bound),
               efficiency = spread_of(samples.efficiency),
               share = spread_of(samples.selfplay_share), update = spread_of(samples.update_s);
  if (request.json) {
    fmt::print(R"({{"bench":"train.throughput","preset":"{}",{},{},{},{},{},{},)"
               R"("repetitions":{},{}}})"
               "\n",
               options.run.preset, rollout_json(options), spread_json("samples_per_s", rate),
               spread_json("network_bound_samples_per_s", bound),
               spread_json("efficiency", efficiency), spread_json("selfplay_share", share),
               spread_json("update_s", update), samples.update_s.size(), machine_json());
    return;
  }
  fmt::print("train.throughput, preset {}, {} threads ({})\n  {}; {} repetitions\n",
             options.run.preset, options.run.threads, machine_text(), rollout_text(options),
             samples.update_s.size());
  fmt::print("  samples/s            {:8.0f}  [{:.0f}, {:.0f}]\n", rate.median, rate.least,
             rate.most);
  fmt::print("  network alone        {:8.0f}  [{:.0f}, {:.0f}]\n", bound.median, bound.least,
             bound.most);
  fmt::print("  efficiency           {:8.2f}  [{:.2f}, {:.2f}]  bar {}: {}\n", efficiency.median,
             efficiency.least, efficiency.most, kEfficiencyBar,
             verdict(efficiency.median >= kEfficiencyBar));
  fmt::print("  self-play share      {:8.4f}  [{:.4f}, {:.4f}]  bar {}: {}\n", share.median,
             share.least, share.most, kSelfplayShareBar,
             verdict(share.median <= kSelfplayShareBar));
  fmt::print("  update, s            {:8.2f}  [{:.2f}, {:.2f}]\n", update.median, update.least,
             update.most);
}

int throughput(const Request& request) {
  for (const std::string& preset : request.presets) {
    const auto options = options_of(request, preset);
    if (!options) {
      fmt::print(stderr, "keisei-bench-train: {}\n", options.error().message);
      return 2;
    }
    report_throughput(request, *options, measure(*options, request.repetitions));
    std::fflush(stdout);
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
  const Spread rate = spread_of(rates);
  if (request.json) {
    fmt::print(R"({{"bench":"train.vs_keisei",{},{},"repetitions":{},{}}})"
               "\n",
               rollout_json(*options), spread_json("samples_per_s", rate), request.repetitions,
               machine_json());
  } else {
    fmt::print(
        "train.vs_keisei ({})\n  {}; {} repetitions\n  samples/s  {:.0f}  [{:.0f}, {:.0f}]  bar "
        "{}: {} (Keisei: 15 to 20)\n",
        machine_text(), rollout_text(*options), request.repetitions, rate.median, rate.least,
        rate.most, kKeiseiBar, verdict(rate.median >= kKeiseiBar));
  }
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
