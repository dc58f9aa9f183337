// keisei-bench-wire: how many bytes the viewers of a running show get, by message and level. A
// recorded training run is streamed, and its games are shown, faster than to people, so that a
// whole game and the history of many updates count.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <chrono>
#include <exception>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <thread>

#include "frame_sizes.h"
#include "harness/report.h"
#include "loadtest/replayed_run.h"
#include "loadtest/showcase_process.h"
#include "loadtest/viewer_fleet.h"
#include "loadtest/wait_for.h"

namespace {

namespace fs = std::filesystem;
namespace harness = keisei::harness;
using keisei::loadtest::ReplayedRun;
using keisei::loadtest::ShowcaseProcess;
using keisei::loadtest::ViewerFleet;

constexpr std::array kLevels = {"beginner", "intermediate", "advanced"};
constexpr std::array kLanguages = {"en", "ja"};

struct Options {
  fs::path showcase;
  fs::path content = KEISEI_SOURCE_DIR "/content";
  fs::path recording = KEISEI_SOURCE_DIR "/tests/e2e/testdata/demo_run.jsonl.gz";
  double seconds = 45;
  double speed = 8;
  int earlier_rounds = 5;
  double seconds_per_move = 0.25;
  bool json = false;
};

/// One viewer of each level and language.
struct Audience {
  struct Seat {
    FrameSizes sizes;  // written by the fleet's thread while it lives
    std::unique_ptr<ViewerFleet> viewer;
  };
  std::array<std::array<Seat, kLanguages.size()>, kLevels.size()> seats;

  explicit Audience(std::uint16_t port) {
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
      for (std::size_t language = 0; language < kLanguages.size(); ++language) {
        Seat& seat = seats[level][language];
        seat.viewer = std::make_unique<ViewerFleet>(
            port, 1,
            fmt::format(R"({{"level":"{}","language":"{}"}})", kLevels[level],
                        kLanguages[language]),
            [&seat](std::size_t, std::string_view payload, auto) { seat.sizes.add(payload); });
      }
    }
  }
  void leave() {
    for (auto& level : seats) {
      for (Seat& seat : level) seat.viewer.reset();
    }
  }
};

/// What fits one segment of an Ethernet connection; metrics may take two.
std::optional<harness::Bar> bar_of(const std::string& type) {
  if (type == "ppo_metrics") return harness::at_most(2800);
  const std::set<std::string> often = {"game_state", "move_prediction", "se_attention",
                                       "system_status"};
  if (often.contains(type)) return harness::at_most(1400);
  return std::nullopt;
}

void report(const Audience& audience, const Options& options) {
  std::set<std::string> types;
  for (const auto& [type, sizes] : audience.seats[0][0].sizes.by_type()) types.insert(type);
  harness::Rows rows(options.json);
  for (const std::string& type : types) {
    for (std::size_t level = 0; level < kLevels.size(); ++level) {
      std::array<double, kLanguages.size()> medians{};
      double p95 = 0;
      std::size_t frames = 0;
      for (std::size_t language = 0; language < kLanguages.size(); ++language) {
        const auto& by_type = audience.seats[level][language].sizes.by_type();
        const auto found = by_type.find(type);
        if (found == by_type.end()) continue;
        medians[language] = harness::median(found->second);
        p95 = std::max(p95, harness::quantile(found->second, 0.95));
        frames += found->second.size();
      }
      harness::Report row("wire.frames");
      row.word("type", type)
          .word("level", kLevels[level])
          .figure("frames", static_cast<double>(frames))
          .figure("median_bytes_en", medians[0])
          .figure("median_bytes_ja", medians[1])
          // Of the language that takes more.
          .figure("median_bytes", std::max(medians[0], medians[1]), bar_of(type))
          .figure("p95_bytes", p95);
      rows.print(row);
    }
  }
}

void measure(const Options& options) {
  const ShowcaseProcess showcase(
      options.showcase, options.content,
      {"--seconds-per-move", fmt::format("{}", options.seconds_per_move)});
  ReplayedRun run(showcase, options.recording, options.speed, options.earlier_rounds);
  keisei::loadtest::wait_for("the run to begin", [&] { return run.has_begun(); });
  Audience audience(showcase.port());
  std::this_thread::sleep_for(std::chrono::duration<double>(options.seconds));
  const bool told = run.is_told();
  run.stop();
  if (!told) throw std::runtime_error("the run is not over: longer --seconds, or more --speed");
  audience.leave();
  report(audience, options);
}

}  // namespace

int main(int argc, char** argv) {
  const fs::path beside = fs::read_symlink("/proc/self/exe").parent_path();
  Options options{.showcase = beside / "keisei-showcase"};
  CLI::App app{"Measures the bytes of every message of a running show."};
  app.add_option("bench", "Which benchmark")->check(CLI::IsMember({"frames"}));
  app.add_option("--seconds", options.seconds, "Of the show")->capture_default_str();
  app.add_option("--seconds-per-move", options.seconds_per_move)->capture_default_str();
  app.add_option("--speed", options.speed, "Of the training run")->capture_default_str();
  app.add_option("--showcase", options.showcase, "The keisei-showcase to measure");
  app.add_option("--earlier-rounds", options.earlier_rounds,
                 "How often its updates are told before, to fill what is kept of the past")
      ->capture_default_str();
  app.add_option("--recording", options.recording, "The run that streams to it");
  app.add_option("--content", options.content, "Folder of the texts");
  app.add_flag("--json", options.json, "A line of JSON for each message and level");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    measure(options);
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-bench-wire: {}\n", error.what());
    return 1;
  }
}
