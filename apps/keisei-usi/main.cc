// keisei-usi: lets a trained network play in any shogi GUI that speaks USI.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <iostream>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/numbers.h"
#include "rl/network/blas_environment.h"
#include "search/network_evaluator.h"
#include "usi/session.h"

namespace {

constexpr int kUsageError = 2;
constexpr keisei::WholeNumber kNodes{0, std::numeric_limits<int>::max()};
constexpr keisei::WholeNumber kThreads{1, 256};
constexpr keisei::WholeNumber kSeed{0, std::numeric_limits<std::int64_t>::max()};

void write_line(std::string_view line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fputc('\n', stdout);
  std::fflush(stdout);
}

keisei::Result<keisei::usi::ChosenNetwork::Loaded> load(const std::string& checkpoint,
                                                        int threads) {
  auto evaluator = keisei::search::NetworkEvaluator::load(checkpoint, threads);
  if (!evaluator) return tl::unexpected(evaluator.error());
  std::string description = (*evaluator)->description();
  return keisei::usi::ChosenNetwork::Loaded{std::move(*evaluator), std::move(description)};
}

}  // namespace

int main(int argc, char** argv) {
  keisei::rl::restart_with_blas_environment(argv);
  keisei::usi::EngineOptions options;
  std::uint64_t seed = std::random_device()();
  CLI::App app(
      "Plays shogi with a trained network, as an engine for GUIs that speak USI. "
      "See docs/usi.md.");
  app.add_option("--checkpoint", options.checkpoint,
                 "A checkpoint, or a run's directory; the option Checkpoint does the same");
  app.add_option("--nodes", options.nodes, "Positions looked at for a move; 1: no search")
      ->capture_default_str()
      ->check(kNodes, "0…");
  app.add_option("--threads", options.threads, "Threads that evaluate positions")
      ->capture_default_str()
      ->check(kThreads, "1 to 256");
  app.add_option("--seed", seed, "Of drawn moves, with Temperature above 0")->check(kSeed, "0…");
  app.set_version_flag("--version", "keisei-usi " KEISEI_VERSION);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kUsageError;
  }
  try {
    const keisei::SystemClock clock;
    keisei::usi::Output output(write_line);
    keisei::usi::Session session("Keisei Showcase " KEISEI_VERSION, options, load, output, clock,
                                 seed);
    std::string line;
    while (std::getline(std::cin, line) && session.handle(line)) {
    }
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "keisei-usi: %s\n", error.what());
    return 1;
  }
}
