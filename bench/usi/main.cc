// keisei-bench-usi: keisei-usi plays itself over pipes, as a tournament would let it, and a referee
// who trusts nobody counts illegal moves and overstepped times.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>

#include "harness/report.h"
#include "match.h"
#include "rl/network/blas_environment.h"
#include "small_checkpoint.h"

namespace {

void print(const MatchReport& match, bool json) {
  std::string endings;
  for (const auto& [ending, count] : match.endings) {
    endings += fmt::format(R"({}"{}":{})", endings.empty() ? "" : ",", ending, count);
  }
  keisei::harness::Report report("usi.selfplay");
  report.figure("games", match.games)
      .figure("illegal_moves", match.illegal_moves, keisei::harness::at_most(0))
      .figure("time_losses", match.time_losses, keisei::harness::at_most(0))
      .figure("plies", match.plies)
      .figure("ms_per_move", match.ms_per_move_mean)
      .figure("ms_per_move_max", match.ms_per_move_max)
      .json_value("endings", "{" + endings + "}")
      .print(json);
}

}  // namespace

int main(int argc, char** argv) {
  keisei::rl::restart_with_blas_environment(argv);
  CLI::App app("Lets keisei-usi play against itself and judges the games.");
  std::string bench, checkpoint;
  MatchOptions options;
  int byoyomi_ms = static_cast<int>(options.byoyomi.count());
  bool json = false;
  app.add_option("bench", bench, "selfplay")->required()->check(CLI::IsMember({"selfplay"}));
  app.add_option("--games", options.games)->capture_default_str()->check(CLI::PositiveNumber);
  app.add_option("--nodes", options.nodes, "Nodes per move")->capture_default_str();
  app.add_option("--max-plies", options.max_plies)->capture_default_str();
  app.add_option("--byoyomi", byoyomi_ms, "Milliseconds for each move")->capture_default_str();
  app.add_option("--checkpoint", checkpoint, "Who plays; otherwise a small untrained network");
  app.add_flag("--json", json, "One line of JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  options.byoyomi = std::chrono::milliseconds(byoyomi_ms);
  try {
    const SmallCheckpoint small;
    if (checkpoint.empty()) checkpoint = small.path();
    const auto program =
        std::filesystem::read_symlink("/proc/self/exe").parent_path() / "keisei-usi";
    EngineProcess first({program, "--checkpoint", checkpoint, "--seed", "1"});
    EngineProcess second({program, "--checkpoint", checkpoint, "--seed", "2"});
    const MatchReport report = Match(first, second, options).play();
    print(report, json);
    for (const std::string& fault : report.faults) fmt::print(stderr, "{}\n", fault);
    return report.faults.empty() ? 0 : 1;
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-bench-usi: {}\n", error.what());
    return 1;
  }
}
