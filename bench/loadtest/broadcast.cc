#include "loadtest/broadcast.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <thread>
#include <vector>

#include "harness/report.h"
#include "loadtest/load_trainer.h"
#include "loadtest/send_floor.h"
#include "loadtest/showcase_process.h"
#include "loadtest/viewer_fleet.h"
#include "loadtest/wait_for.h"

namespace keisei::loadtest {
namespace {

using Time = ViewerFleet::Time;

struct Repetition {
  double cpu_us;     // of the edge's thread, per frame and viewer
  double bytes;      // per frame and viewer
  double delivered;  // share of what the best-served viewer got
};

}  // namespace

int measure_broadcast(const BroadcastOptions& options) {
  const ShowcaseProcess showcase(options.showcase, options.content);
  LoadTrainer trainer(showcase);
  const double resident_before = showcase.resident_bytes();
  std::vector<std::atomic<std::uint64_t>> received(static_cast<std::size_t>(options.viewers));
  const ViewerFleet viewers(
      showcase.port(), options.viewers, R"({"channels":["metrics"]})",
      [&](std::size_t viewer, std::string_view payload, Time) {
        if (payload.starts_with(R"({"type":"ppo_metrics")")) ++received[viewer];
      },
      options.deflate);
  wait_for("all viewers to be welcomed", [&] { return viewers.welcomed() == options.viewers; });
  const double resident = (showcase.resident_bytes() - resident_before) / options.viewers;
  SendFloor floor(options.viewers);

  std::int64_t update = 0;
  const auto run = [&] {
    for (auto& count : received) count = 0;
    const std::uint64_t bytes_before = viewers.bytes();
    const double cpu_before = showcase.edge_cpu_us();
    const int rounds = static_cast<int>(options.seconds * options.rate);
    auto next = std::chrono::steady_clock::now();
    for (int i = 0; i < rounds; ++i) {
      trainer.emit_update(++update);
      next += std::chrono::microseconds(1'000'000 / options.rate);
      std::this_thread::sleep_until(next);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    const double cpu = showcase.edge_cpu_us() - cpu_before;
    std::uint64_t total = 0;
    std::uint64_t most = 1;
    for (const auto& count : received) {
      total += count;
      most = std::max<std::uint64_t>(most, count);
    }
    const auto frames = static_cast<double>(std::max<std::uint64_t>(total, 1));
    return Repetition{cpu / frames, static_cast<double>(viewers.bytes() - bytes_before) / frames,
                      frames / static_cast<double>(most) / options.viewers};
  };

  run();  // fills the history, so that all frames have the same size
  std::vector<double> cpu;
  std::vector<double> floor_cpu;
  std::vector<double> ratio;
  std::vector<double> delivered;
  double bytes = 0;
  for (int i = 0; i < options.repetitions; ++i) {
    const Repetition measured = run();
    bytes = measured.bytes;
    cpu.push_back(measured.cpu_us);
    delivered.push_back(measured.delivered);
    floor_cpu.push_back(floor.measure(static_cast<std::size_t>(bytes),
                                      static_cast<int>(options.seconds * options.rate),
                                      options.rate));
    ratio.push_back(cpu.back() / floor_cpu.back());
  }

  harness::Report report("edge.broadcast");
  report.figure("viewers", options.viewers)
      .figure("bytes_per_message", bytes)
      .figure("cpu_us_per_message", cpu)
      .figure("floor_cpu_us_per_message", floor_cpu)
      .figure("ratio_to_floor", ratio, harness::at_most(options.deflate ? 1.30 : 1.10))
      .figure("delivered_share", delivered, harness::at_least(1))
      .figure("rss_bytes_per_connection", resident, harness::at_most(1024))
      .word("deflate", options.deflate ? "once" : "none")
      .print(options.json);
  return viewers.disconnected() == 0 ? 0 : 1;
}

}  // namespace keisei::loadtest
