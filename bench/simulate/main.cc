// keisei-bench-simulate: how many hours of a show with faults one core simulates in a second
// (docs/simulation.md), and whether it finds any fault of ours in them.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <stdexcept>

#include "base/testing/temporary_folder.h"
#include "harness/measure.h"
#include "harness/report.h"
#include "simulation/simulation.h"

namespace {

using namespace keisei;

struct Options {
  int seeds = 20;
  int hours = 1;
  bool json = false;
};

int measure(const Options& options) {
  const auto content = studio::Content::load(KEISEI_SOURCE_DIR "/content");
  if (!content) throw std::runtime_error(content.error().message);
  const TemporaryFolder folder;
  std::filesystem::current_path(folder.path());
  std::size_t befell = 0;
  int found = 0;
  const double begin = harness::thread_seconds();
  for (int seed = 1; seed <= options.seeds; ++seed) {
    const auto report = simulation::simulate(
        {.seed = static_cast<std::uint64_t>(seed), .length = std::chrono::hours(options.hours)},
        *content);
    befell += report.faults;
    if (report.broken.empty()) continue;
    ++found;
    fmt::print(stderr, "seed {}: {}\n", seed, report.broken.front());
  }
  const double took = harness::thread_seconds() - begin;
  harness::Report report("simulate");
  report
      .figure("simulated_hours_per_s", options.seeds * options.hours / took, harness::at_least(0.4))
      .figure("seeds", options.seeds)
      .figure("faults_befallen", static_cast<double>(befell))
      .figure("faults_found", found, harness::at_most(0));
  report.print(options.json);
  return report.meets_its_bars() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures the simulation of a show.");
  Options options;
  app.add_option("--seeds", options.seeds, "From 1 on")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_option("--hours", options.hours, "Of each")
      ->capture_default_str()
      ->check(CLI::PositiveNumber);
  app.add_flag("--json", options.json, "One line of JSON");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    return measure(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-bench-simulate: {}\n", error.what());
    return 1;
  }
}
