// keisei-simulate: whole shows in one process, each from a seed, at many times the pace of life
// (docs/simulation.md).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <utility>
#include <vector>

#include "base/testing/temporary_folder.h"
#include "simulation/simulation.h"

namespace {

using keisei::simulation::SimulationOptions;
using keisei::simulation::SimulationReport;
using keisei::studio::Content;

// Of the story of a failing show, before it fails.
constexpr std::size_t kLines = 60;

struct Options {
  std::uint64_t first = 1;
  std::uint64_t last = 1;
  double hours = 1;
  bool story = false;
  bool twice = false;

  std::chrono::minutes length() const {
    return std::chrono::minutes(static_cast<std::int64_t>(hours * 60));
  }
};

using Range = std::pair<std::uint64_t, std::uint64_t>;

/// "3..40"; none if it is no such thing.
std::optional<Range> range_of(std::string_view text) {
  constexpr std::string_view kDots = "..";
  const std::size_t dots = text.find(kDots);
  if (dots == std::string_view::npos) return std::nullopt;
  const auto number = [](std::string_view digits) -> std::optional<std::uint64_t> {
    std::uint64_t value = 0;
    const auto* const end = digits.data() + digits.size();
    const auto read = std::from_chars(digits.data(), end, value);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
  };
  const auto first = number(text.substr(0, dots));
  const auto last = number(text.substr(dots + kDots.size()));
  return first && last && *first <= *last ? std::optional(Range(*first, *last)) : std::nullopt;
}

/// Of a failing show, what led to its failure.
void print_story(const SimulationOptions& failing, const Content& content) {
  SimulationOptions again = failing;
  std::vector<std::string> lines;
  bool has_failed = false;
  again.story = [&](const std::string& line) {
    if (has_failed) return;
    lines.push_back(line);
    has_failed = line.find("FAULT") != std::string::npos;
  };
  simulate(again, content);
  for (std::size_t i = lines.size() - std::min(kLines, lines.size()); i < lines.size(); ++i) {
    fmt::print("  {}\n", lines[i]);
  }
}

/// Whether all is well with this seed.
bool run(std::uint64_t seed, const Options& options, const Content& content,
         SimulationReport& report) {
  SimulationOptions show{.seed = seed, .length = options.length()};
  if (options.story) show.story = [](const std::string& line) { fmt::print("{}\n", line); };
  report = simulate(show, content);
  std::string why = report.broken.empty() ? "" : report.broken.front();
  if (why.empty() && options.twice && simulate(show, content).digest != report.digest) {
    why = "the second run differs from the first";
  }
  if (why.empty()) return true;
  fmt::print("seed {} fails: {}\n  again: keisei-simulate --seed {} --hours {} --story\n", seed,
             why, seed, options.hours);
  if (!options.story) print_story(show, content);
  std::fflush(stdout);
  return false;
}

int run_all(const Options& options) {
  const auto content = Content::load(KEISEI_SOURCE_DIR "/content");
  if (!content) {
    fmt::print(stderr, "keisei-simulate: {}\n", content.error().message);
    return 2;
  }
  const keisei::TemporaryFolder folder;
  std::filesystem::current_path(folder.path());
  const auto begin = std::chrono::steady_clock::now();
  std::uint64_t failed = 0;
  SimulationReport sum;
  for (std::uint64_t seed = options.first; seed <= options.last; ++seed) {
    SimulationReport report;
    if (!run(seed, options, *content, report)) ++failed;
    sum.faults += report.faults;
    sum.games += report.games;
    sum.kept += report.kept;
    sum.lost += report.lost;
    sum.grown = std::max(sum.grown, report.grown);
    sum.frames += report.frames;
    sum.digest ^= report.digest;
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  const auto seeds = static_cast<double>(options.last - options.first + 1);
  const double hours = seeds * options.hours * (options.twice ? 2 : 1);
  fmt::print(
      "{:.0f} seeds, {:g} simulated hours in {:.1f} s ({:.2f} hours a second): {} failed. {} "
      "faults befell them; {} games, {} frames, {} entries kept, {} lost; memory grew by {:.1f} "
      "MiB at most; digest {:016x}\n",
      seeds, hours, took.count(), hours / took.count(), failed, sum.faults, sum.games, sum.frames,
      sum.kept, sum.lost, static_cast<double>(sum.grown) / 1024 / 1024, sum.digest);
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Simulates shows with faults, each from a seed, and says whether all is well."};
  Options options;
  std::string seeds;
  auto* const one = app.add_option("--seed", options.first, "One show")->capture_default_str();
  app.add_option("--seeds", seeds, "Many: FROM..TO")->excludes(one);
  app.add_option("--hours", options.hours, "Of each show")
      ->capture_default_str()
      ->check(CLI::Range(0.25, 240.0));
  app.add_flag("--story", options.story, "Tell all that happens");
  app.add_flag("--twice", options.twice, "Run each twice, and hold the bytes against each other");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  options.last = options.first;
  if (!seeds.empty()) {
    const auto range = range_of(seeds);
    if (!range) {
      fmt::print(stderr, "keisei-simulate: --seeds {} is not FROM..TO\n", seeds);
      return 2;
    }
    std::tie(options.first, options.last) = *range;
  }
  try {
    return run_all(options);
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-simulate: {}\n", error.what());
    return 2;
  }
}
