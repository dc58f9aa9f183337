// keisei-bench-impact: what a hook costs real training, while the showcase is well and while it is
// in trouble.
#include <fmt/format.h>
#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/testing/black_hole.h"
#include "competition.h"
#include "harness/report.h"
#include "loadtest/showcase_process.h"
#include "loadtest/viewer_fleet.h"
#include "measured_training.h"
#include "rl/network/blas_environment.h"

namespace {

using keisei::hook::StreamingHook;
using keisei::loadtest::ShowcaseProcess;
using keisei::loadtest::ViewerFleet;

constexpr double kImpactBar = 0.3;
constexpr double kUpperBar = 1.0;
constexpr double kPresetAttention = 20;  // per second, the trainer's default
constexpr double kEveryForward = 1e6;

struct Options {
  std::vector<std::string> scenarios = {
      "normal", "attention_every_forward", "absent", "stopped", "refusing", "blackhole"};
  double seconds = 45;
  int environments = 16;
  int threads = 1;
  int showcase_nice = 0;
  int showcase_cpu = -1;
  int publisher_cpu = -1;
  bool json = false;
  std::string showcase = KEISEI_SHOWCASE;
  std::string content = KEISEI_SOURCE_DIR "/content";
};

std::string url_of(std::uint16_t port) {
  return "ws://127.0.0.1:" + std::to_string(port) + "/ingest";
}

bool is_connected(const StreamingHook& hook) { return hook.counters().connected; }
bool has_failed(const StreamingHook& hook) { return hook.counters().connect_failures > 0; }

MeasuredTraining::Result measure(MeasuredTraining& training, const std::string& scenario,
                                 const Options& options) {
  MeasuredTraining::Stream stream{.url = {},
                                  .token_file = {},
                                  .attention_per_second = scenario == "attention_every_forward"
                                                              ? kEveryForward
                                                              : kPresetAttention,
                                  .publisher_cpu = options.publisher_cpu};
  if (scenario == "blackhole") {
    const keisei::BlackHole hole;
    stream.url = url_of(hole.port());
    // Trying from the first moment on; the first failure would take 5 s.
    return training.run(stream, options.seconds, [](const StreamingHook&) { return true; });
  }
  std::optional<ShowcaseProcess> showcase;
  showcase.emplace(options.showcase, options.content);
  stream.url = showcase->ingest_url();
  if (scenario == "absent") {
    showcase.reset();  // nobody has its port now
    return training.run(stream, options.seconds, has_failed);
  }
  if (options.showcase_nice != 0) set_nice(showcase->pid(), options.showcase_nice);
  if (options.showcase_cpu >= 0) keep_on_processor(showcase->pid(), options.showcase_cpu);
  const ViewerFleet viewer(showcase->port(), 1, R"({"channels":["all"]})", [](auto&&...) {});
  if (scenario == "refusing") {
    return training.run(stream, options.seconds, has_failed);  // no token
  }
  stream.token_file = showcase->token_file();
  if (scenario != "stopped") return training.run(stream, options.seconds, is_connected);
  bool stopped = false;
  const auto stop_it = [&](const StreamingHook& hook) {
    if (is_connected(hook) && !stopped) stopped = ::kill(showcase->pid(), SIGSTOP) == 0;
    return stopped;
  };
  // Or it could not be ended.
  const std::unique_ptr<ShowcaseProcess, void (*)(ShowcaseProcess*)> continued(
      &*showcase, [](ShowcaseProcess* process) { ::kill(process->pid(), SIGCONT); });
  return training.run(stream, options.seconds, stop_it);
}

// A wide interval says neither.
const char* verdict(const keisei::hook::Impact& impact) {
  if (impact.pct <= kImpactBar && impact.high_pct < kUpperBar) return "met";
  return impact.low_pct > kImpactBar ? "missed" : "inconclusive";
}

keisei::harness::Report report_on(const std::string& scenario,
                                  const MeasuredTraining::Result& result, const Options& options) {
  keisei::harness::Report report("hook.impact");
  report.word("scenario", scenario)
      .figure("impact_pct", result.impact.pct)
      .figure("ci95_low", result.impact.low_pct)
      .figure("ci95_high", result.impact.high_pct)
      .word("verdict", verdict(result.impact))
      .figure("window_impact_pct", result.window_impact.pct)
      .figure("window_ci95_low", result.window_impact.low_pct)
      .figure("window_ci95_high", result.window_impact.high_pct)
      .figure("trials", static_cast<double>(result.impact.trials))
      .figure("window_ms", result.window_ms)
      .figure("ply_ms", result.ply_ms)
      .figure("waiting_pct", result.waiting_pct);
  // The same in every row, or of interest to programs only.
  const std::pair<const char*, double> details[] = {
      {"environments", options.environments},
      {"threads", options.threads},
      {"showcase_nice", options.showcase_nice},
      {"showcase_cpu", options.showcase_cpu},
      {"publisher_cpu", options.publisher_cpu},
      {"emitted", static_cast<double>(result.counters.emitted)},
      {"sent", static_cast<double>(result.counters.sent)},
      {"dropped", static_cast<double>(result.counters.dropped)}};
  for (const auto& [key, value] : details) report.json_value(key, fmt::format("{:.0f}", value));
  return report;
}

}  // namespace

int main(int argc, char** argv) {
  keisei::rl::restart_with_blas_environment(argv);
  CLI::App app{"Measures what a hook costs real training (cpu preset), scenario by scenario."};
  Options options;
  app.add_option("bench", "Which benchmark")->check(CLI::IsMember({"impact"}));
  app.add_option("--scenario", options.scenarios, "Which; all of them if left out")
      ->check(CLI::IsMember(options.scenarios));
  app.add_option("--seconds", options.seconds, "Per scenario")->check(CLI::Range(1.0, 3600.0));
  app.add_option("--environments", options.environments, "Games side by side: samples per window")
      ->check(CLI::Range(1, 1024));
  app.add_option("--threads", options.threads, "Training threads")->check(CLI::Range(1, 64));
  app.add_option("--showcase-nice", options.showcase_nice, "Its nice value, above ours")
      ->check(CLI::Range(0, 19));
  app.add_option("--showcase-cpu", options.showcase_cpu, "The only processor for the showcase");
  app.add_option("--publisher-cpu", options.publisher_cpu, "The only one for the publisher");
  app.add_option("--showcase", options.showcase, "The keisei-showcase to stream to");
  app.add_option("--content", options.content, "Its folder of texts");
  app.add_flag("--json", options.json, "A line of JSON for each scenario");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    MeasuredTraining training(options.environments, options.threads);
    if (!options.json) {
      fmt::print("bars: impact_pct <= {}, ci95_high < {}\n", kImpactBar, kUpperBar);
    }
    keisei::harness::Rows rows(options.json);
    for (const std::string& scenario : options.scenarios) {
      rows.print(report_on(scenario, measure(training, scenario, options), options));
    }
    return 0;
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-bench-impact: {}\n", error.what());
    return 1;
  }
}
