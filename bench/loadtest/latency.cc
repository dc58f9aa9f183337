#include "loadtest/latency.h"

#include <charconv>
#include <chrono>
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

constexpr std::int64_t kEloStep = 200;  // a milestone each: docs/milestones.md

/// When each of something numbered was emitted, and how long each viewer waited for the first
/// message with its number: an evaluation makes the showcase say the update before it again.
class Stopwatch {
 public:
  /// `begins`: how the payload of its message does; the number follows the first `key` in it.
  Stopwatch(std::string_view begins, std::string_view key, int viewers)
      : begins_(begins), key_(key), newest_(static_cast<std::size_t>(viewers)) {}

  void emitted(std::int64_t number) {
    const std::lock_guard lock(mutex_);
    emitted_[number] = std::chrono::steady_clock::now();
  }
  void received(std::size_t viewer, std::string_view payload, Time at) {
    if (!payload.starts_with(begins_)) return;
    const auto found = payload.find(key_);
    if (found == std::string_view::npos) return;
    std::int64_t number = 0;
    const std::string_view digits = payload.substr(found + key_.size(), 20);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const std::lock_guard lock(mutex_);
    const auto start = emitted_.find(number);
    if (start == emitted_.end() || number <= newest_[viewer]) return;
    newest_[viewer] = number;
    waits_.push_back(std::chrono::duration<double, std::milli>(at - start->second).count());
  }
  std::vector<double> take() {
    const std::lock_guard lock(mutex_);
    return std::exchange(waits_, {});
  }

 private:
  std::string_view begins_, key_;
  std::mutex mutex_;
  std::map<std::int64_t, Time> emitted_;
  std::vector<std::int64_t> newest_;  // that each viewer received
  std::vector<double> waits_;
};

/// The quantiles of repetitions.
struct Waits {
  std::vector<double> p50, p99;
  double received = 0;

  void add(const std::vector<double>& waits) {
    received += static_cast<double>(waits.size());
    p50.push_back(harness::quantile(waits, 0.5));
    p99.push_back(harness::quantile(waits, 0.99));
  }
};

}  // namespace

int measure_latency(const LatencyOptions& options) {
  const ShowcaseProcess showcase(options.showcase, options.content);
  LoadTrainer trainer(showcase);

  Stopwatch updates(R"({"type":"ppo_metrics")", R"("update":)", options.viewers);
  Stopwatch milestones(R"({"type":"milestone",)", R"("key":"elo/)", options.viewers);
  const ViewerFleet viewers(showcase.port(), options.viewers, R"({"level":"intermediate"})",
                            [&](std::size_t viewer, std::string_view payload, Time at) {
                              updates.received(viewer, payload, at);
                              milestones.received(viewer, payload, at);
                            });
  wait_for("all viewers to be welcomed", [&] { return viewers.welcomed() == options.viewers; });

  std::minstd_rand random(1);
  std::uniform_int_distribution<int> jitter(0, options.interval_ms);
  const auto pause = [&] {
    const int whole_ms = options.interval_ms + jitter(random);
    std::this_thread::sleep_for(std::chrono::milliseconds(whole_ms / 2));
  };
  Waits of_updates;
  Waits of_milestones;
  std::int64_t update = 0;
  for (int repetition = 0; repetition < options.repetitions; ++repetition) {
    const Time end = std::chrono::steady_clock::now() +
                     std::chrono::milliseconds(static_cast<int>(options.seconds * 1000));
    while (std::chrono::steady_clock::now() < end) {
      ++update;
      updates.emitted(update);
      trainer.emit_update(update);
      pause();
      // Half-way to the next update. The first says where the run stands, and reaches nothing.
      const std::int64_t elo = (update - 1) * kEloStep;
      if (update > 1) milestones.emitted(elo);
      trainer.emit_evaluation(update, static_cast<double>(elo) + kEloStep / 2.0);
      pause();
    }
    of_updates.add(updates.take());
    of_milestones.add(milestones.take());
  }

  const auto share = [&](const Waits& waits, std::int64_t emitted) {
    return waits.received / static_cast<double>(emitted) / options.viewers;
  };
  harness::Report report("pipeline.latency");
  report.figure("viewers", options.viewers)
      .figure("p50_ms", of_updates.p50, harness::at_most(8))
      .figure("p99_ms", of_updates.p99, harness::at_most(30))
      .figure("milestone_p99_ms", of_milestones.p99, harness::at_most(15))
      .figure("delivered_share", share(of_updates, update))
      .figure("milestone_delivered_share", share(of_milestones, update - 1))
      .figure("events", static_cast<double>(update))
      .figure("milestones", static_cast<double>(update - 1))
      .print(options.json);
  return viewers.disconnected() == 0 ? 0 : 1;
}

}  // namespace keisei::loadtest
