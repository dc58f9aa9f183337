// How strong the demo preset becomes in ten minutes.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>
#include <vector>

#include "curve_report.h"
#include "learner.h"
#include "rl/network/blas_environment.h"
#include "rl/run/config.h"

namespace {

using namespace keisei;

struct Request {
  std::string preset = "demo", reward;
  std::vector<std::string> settings;
  LearnerOptions learner;
  int seeds = 1;
  std::int64_t first_seed = 1;
  int threads = 0;
  bool json = false;
};

int bench(const Request& request) {
  for (int i = 0; i < request.seeds; ++i) {
    rl::Options options;
    Result<void> applied = rl::apply_preset(options, request.preset);
    if (applied && !request.reward.empty()) {
      applied = rl::apply_setting(options, "reward.kind=" + request.reward);
    }
    for (const std::string& setting : request.settings) {
      if (applied) applied = rl::apply_setting(options, setting);
    }
    if (applied) applied = rl::validate(options);
    if (!applied) {
      fmt::print(stderr, "keisei-bench-learn: {}\n", applied.error().message);
      return 2;
    }
    options.run.seed = request.first_seed + i;
    if (request.threads > 0) options.run.threads = request.threads;
    Learner learner(options, request.learner);
    const Curve curve = learner.run();
    request.json ? print_json(curve, options) : print_text(curve, options);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  keisei::rl::restart_with_blas_environment(argv);
  Request request;
  CLI::App app("Trains from scratch and measures the strength against a uniformly random mover.");
  app.add_option("--preset", request.preset)->capture_default_str();
  app.add_option("--reward", request.reward, "terminal or shaped; the preset's if not given");
  app.add_option("--set", request.settings, "A setting of the trainer, as ppo.epochs=4");
  app.add_option("--minutes", request.learner.minutes, "Training time per seed")
      ->capture_default_str();
  app.add_option("--interval", request.learner.interval, "Minutes between evaluations")
      ->capture_default_str();
  app.add_option("--games", request.learner.games, "Games per evaluation")->capture_default_str();
  app.add_option("--final-games", request.learner.final_games)->capture_default_str();
  app.add_option("--seeds", request.seeds, "Runs, one after another")->capture_default_str();
  app.add_option("--seed", request.first_seed, "The first seed")->capture_default_str();
  app.add_option("--threads", request.threads, "The preset's if not given");
  app.add_flag("--json", request.json, "One line of JSON per seed");
  app.add_flag("--quiet", request.learner.quiet, "No progress on standard error");
  CLI11_PARSE(app, argc, argv);
  try {
    return bench(request);
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-bench-learn: {}\n", error.what());
    return 1;
  }
}
