#include "loadtest/latency.h"

#include <charconv>
#include <chrono>
#include <limits>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "harness/report.h"
#include "loadtest/load_trainer.h"
#include "loadtest/showcase_process.h"
#include "loadtest/viewer_fleet.h"
#include "loadtest/wait_for.h"

namespace keisei::loadtest {
namespace {

using namespace std::chrono_literals;
using Time = ViewerFleet::Time;

/// When each update was emitted, and how long each viewer waited for it.
class Stopwatch {
 public:
  void emitted(std::int64_t update) {
    const std::lock_guard lock(mutex_);
    emitted_[update] = std::chrono::steady_clock::now();
  }
  void received(std::string_view payload, Time at) {
    if (!payload.starts_with(R"({"type":"ppo_metrics")")) return;
    static constexpr std::string_view kKey = R"("update":)";
    const auto found = payload.find(kKey);
    std::int64_t update = 0;
    const std::string_view number = payload.substr(found + kKey.size(), 20);
    std::from_chars(number.data(), number.data() + number.size(), update);
    const std::lock_guard lock(mutex_);
    const auto start = emitted_.find(update);
    if (start == emitted_.end()) return;
    waits_.push_back(std::chrono::duration<double, std::milli>(at - start->second).count());
  }
  std::vector<double> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waits_, {});
  }

 private:
  std::mutex mutex_;
  std::map<std::int64_t, Time> emitted_;
  std::vector<double> waits_;
};

}  // namespace

int measure_latency(const LatencyOptions& options) {
  const ShowcaseProcess showcase(options.showcase, options.content);
  LoadTrainer trainer(showcase);

  Stopwatch stopwatch;
  const ViewerFleet viewers(
      showcase.port(), options.viewers, R"({"level":"intermediate"})",
      [&](std::size_t, std::string_view payload, Time at) { stopwatch.received(payload, at); });
  wait_for("all viewers to be welcomed", [&] { return viewers.welcomed() == options.viewers; });

  std::minstd_rand random(1);
  std::uniform_int_distribution<int> jitter(0, options.interval_ms);
  std::vector<double> p50;
  std::vector<double> p99;
  double received = 0;
  std::int64_t update = 0;
  for (int repetition = 0; repetition < options.repetitions; ++repetition) {
    const Time end = std::chrono::steady_clock::now() +
                     std::chrono::milliseconds(static_cast<int>(options.seconds * 1000));
    while (std::chrono::steady_clock::now() < end) {
      ++update;
      stopwatch.emitted(update);
      trainer.emit_update(update);
      std::this_thread::sleep_for(std::chrono::milliseconds(options.interval_ms + jitter(random)));
    }
    const std::vector<double> waits = stopwatch.take();
    received += static_cast<double>(waits.size());
    p50.push_back(harness::quantile(waits, 0.5));
    p99.push_back(harness::quantile(waits, 0.99));
  }

  harness::Report report("pipeline.latency");
  report.figure("viewers", options.viewers)
      .figure("p50_ms", p50, harness::at_most(8))
      .figure("p99_ms", p99, harness::at_most(30))
      .figure("milestone_p99_ms", std::numeric_limits<double>::quiet_NaN())  // no milestones yet
      .figure("delivered_share", received / static_cast<double>(update) / options.viewers)
      .figure("events", static_cast<double>(update))
      .print(options.json);
  return viewers.disconnected() == 0 ? 0 : 1;
}

}  // namespace keisei::loadtest
