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

Samples measure(const rl::Options& options, int repetitions) {
  rl::WorkerPool pool(options.run.threads);
  rl::PpoAgent agent(options, pool);
  rl::SelfPlay self_play(options, pool);
  rl::RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  self_play.collect(agent, rollout, nullptr);
  NetworkBound network(options, rollout, pool);
  Samples samples;
  std::int64_t step = 0;
  for (int i = 0; i <= repetitions; ++i) {
    int minibatches = 0;
    const double played = seconds_of([&] { self_play.collect(agent, rollout, nullptr); });
    const double learnt = seconds_of([&] {
      const auto metrics = agent.learn(rollout, step);
      if (!metrics) throw std::runtime_error(metrics.error().message);
      minibatches = metrics->minibatches;
    });
    const NetworkBound::Seconds alone = network.run(minibatches);
    const double network_s = alone.playing + alone.learning;
    step += rollout.size();
    if (i == 0) continue;  // warms up
    samples.samples_per_s.push_back(rollout.size() / (played + learnt));
    samples.network_bound.push_back(rollout.size() / network_s);
    samples.efficiency.push_back(network_s / (played + learnt));
    // What self-play takes beyond the network's passes: rules, encoding, sampling.
    samples.selfplay_share.push_back(std::max(0.0, played - alone.playing) / (played + learnt));
    samples.update_s.push_back(learnt);
  }
  return samples;
}

Result<rl::Options> options_of(const Request& request, const std::string& preset) {
  rl::Options options;
  Result<void> applied = rl::apply_preset(options, preset);
  for (const std::string& setting : request.settings) {
    if (applied) applied = rl::apply_setting(options, setting);
  }
  if (applied && request.threads > 0) options.run.threads = request.threads;
  if (applied) applied = rl::validate(options);
  if (!applied) return tl::unexpected(applied.error());
  return options;
}

std::string verdict(bool met) { return met ? "met" : "MISSED"; }

void report_throughput(const Request& request, const rl::Options& options, const Samples& samples) {
  const Spread rate = spread_of(samples.samples_per_s), bound = spread_of(samples.network_bound),
               efficiency = spread_of(samples.efficiency),
               share = spread_of(samples.selfplay_share), update = spread_of(samples.update_s);
  if (request.json) {
    fmt::print(R"({{"bench":"train.throughput","preset":"{}","threads":{},{},{},{},{},{},)"
               R"("repetitions":{},{}}})"
               "\n",
               options.run.preset, options.run.threads, spread_json("samples_per_s", rate),
               spread_json("network_bound_samples_per_s", bound),
               spread_json("efficiency", efficiency), spread_json("selfplay_share", share),
               spread_json("update_s", update), samples.update_s.size(), machine_json());
    return;
  }
  fmt::print("train.throughput, preset {}, {} threads ({})\n", options.run.preset,
             options.run.threads, machine_text());
  fmt::print("  samples/s            {:8.0f}  [{:.0f}, {:.0f}]\n", rate.median, rate.least,
             rate.most);
  fmt::print("  network alone        {:8.0f}  [{:.0f}, {:.0f}]\n", bound.median, bound.least,
             bound.most);
  fmt::print("  efficiency           {:8.2f}  [{:.2f}, {:.2f}]  bar {}: {}\n", efficiency.median,
             efficiency.least, efficiency.most, kEfficiencyBar,
             verdict(efficiency.median >= kEfficiencyBar));
  fmt::print("  self-play share      {:8.2f}  [{:.2f}, {:.2f}]  bar {}: {}\n", share.median,
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

// Keisei's epochs, minibatch and head with the small tower for which its own speed is known.
int versus_keisei(Request request) {
  request.settings.insert(request.settings.begin(),
                          {"network.depth=1", "network.width=16", "environment.count=16",
                           "ppo.steps=128", "run.threads=2"});
  const auto options = options_of(request, "keisei-default");
  if (!options) {
    fmt::print(stderr, "keisei-bench-train: {}\n", options.error().message);
    return 2;
  }
  const Spread rate = spread_of(measure(*options, request.repetitions).samples_per_s);
  if (request.json) {
    fmt::print(R"({{"bench":"train.vs_keisei","threads":{},{},"repetitions":{},{}}})"
               "\n",
               options->run.threads, spread_json("samples_per_s", rate), request.repetitions,
               machine_json());
  } else {
    fmt::print(
        "train.vs_keisei ({})\n  samples/s  {:.0f}  [{:.0f}, {:.0f}]  bar {}: {} (Keisei: 15 to "
        "20)\n",
        machine_text(), rate.median, rate.least, rate.most, kKeiseiBar,
        verdict(rate.median >= kKeiseiBar));
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
