// What an emit costs the training thread, while the publisher drains the rings and looks for a
// showcase that is not there.
#include <x86intrin.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "harness/measure.h"
#include "hook/streaming_hook.h"

namespace {

using namespace keisei::hook;
using keisei::harness::at_most;
using keisei::harness::Figure;
using keisei::harness::median;
using keisei::harness::quantile;
using std::chrono::steady_clock;

// A burst fits into its ring; between bursts the publisher empties it.
constexpr int kBursts = 16;
constexpr int kBurst = 512;

/// Time-stamp counter ticks per nanosecond; it runs at a constant rate on every processor that has
/// AVX2.
double ticks_per_ns() {
  const auto begin = steady_clock::now();
  const std::uint64_t first = __rdtsc();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  const std::uint64_t ticks = __rdtsc() - first;
  return static_cast<double>(ticks) /
         std::chrono::duration<double, std::nano>(steady_clock::now() - begin).count();
}

std::uint64_t now_ticks() {
  unsigned int processor = 0;
  const std::uint64_t ticks = __rdtscp(&processor);
  _mm_lfence();
  return ticks;
}

class EmitBenchmark {
 public:
  EmitBenchmark() {
    move_.legal_moves = 30;
    move_.top.count = kTopMoves;
    attention_.gates.count = 256;
    // What a measurement of nothing takes is no part of the figures.
    std::vector<double> nothing = times(kBurst * kBursts, [] {});
    overhead_ = quantile(std::move(nothing), 0.5);
  }

  void run_round(std::map<std::string, std::vector<double>>& samples) {
    const std::vector<double> metrics =
        bursts(roomy_, [this](StreamingHook& hook) { hook.emit(metrics_); });
    samples["metrics_p50_ns"].push_back(quantile(metrics, 0.5));
    samples["metrics_p999_ns"].push_back(quantile(metrics, 0.999));
    samples["move_p50_ns"].push_back(
        quantile(bursts(roomy_, [this](StreamingHook& hook) { hook.emit(move_); }), 0.5));
    samples["attention_p50_ns"].push_back(
        quantile(bursts(roomy_, [this](StreamingHook& hook) { hook.emit(attention_); }), 0.5));
    // One slot, taken by the first event of a burst: the others find the ring full.
    samples["full_ring_p50_ns"].push_back(
        quantile(bursts(full_, [this](StreamingHook& hook) { hook.emit(metrics_); }), 0.5));
  }

 private:
  template <class Work>
  std::vector<double> times(int count, Work work) {
    std::vector<double> result;
    result.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) {
      const std::uint64_t begin = now_ticks();
      work();
      const std::uint64_t end = now_ticks();
      result.push_back(std::max(0.0, static_cast<double>(end - begin) / rate_ - overhead_));
    }
    return result;
  }

  template <class Emit>
  std::vector<double> bursts(StreamingHook& hook, Emit emit) {
    std::vector<double> result;
    for (int i = 0; i < kBursts; ++i) {
      const std::vector<double> burst = times(kBurst, [&] { emit(hook); });
      result.insert(result.end(), burst.begin(), burst.end());
      // Every event ends as a counted drop: nobody is there, and the backlog has no room.
      while (hook.counters().dropped < hook.counters().emitted) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }
    return result;
  }

  static HookOptions options(std::chrono::milliseconds poll, std::size_t ring) {
    HookOptions options;
    options.url = "ws://127.0.0.1:9/ingest";  // the discard port: nobody is there
    options.poll_interval = poll;
    options.rooms.of<MetricsEvent>() = options.rooms.of<MoveEvent>() =
        options.rooms.of<AttentionEvent>() = {ring, 0};
    options.priority = keisei::ThreadPriority::normal;
    return options;
  }
  static keisei::protocol::RunStarted run() {
    keisei::protocol::RunStarted run{};
    run.run_id = "benchmark";
    return run;
  }

  keisei::SystemClock clock_;
  double rate_ = ticks_per_ns();
  double overhead_ = 0;
  MetricsEvent metrics_;
  MoveEvent move_;
  AttentionEvent attention_;
  StreamingHook roomy_{options(std::chrono::milliseconds(1), kBurst), run(), clock_};
  StreamingHook full_{options(std::chrono::milliseconds(1), 1), run(), clock_};
};

// The kinds of event take turns.
std::vector<Figure> measure(int repetitions) {
  EmitBenchmark benchmark;
  std::map<std::string, std::vector<double>> samples;
  benchmark.run_round(samples);  // warms up
  samples.clear();
  for (int i = 0; i < repetitions; ++i) benchmark.run_round(samples);
  return {{"metrics_p50_ns", samples["metrics_p50_ns"], at_most(60)},
          {"metrics_p999_ns", samples["metrics_p999_ns"], at_most(1000)},
          {"move_p50_ns", samples["move_p50_ns"], at_most(250)},
          {"attention_p50_ns", samples["attention_p50_ns"], at_most(600)},
          // A full ring may cost no more than one with room.
          {"full_ring_p50_ns", samples["full_ring_p50_ns"],
           at_most(median(samples["metrics_p50_ns"]))}};
}

}  // namespace

int main(int argc, char** argv) {
  const auto request = keisei::harness::read_request(
      argc, argv, "Measures what streaming costs the thread that trains.");
  keisei::harness::Report report("hook.emit");
  report.word("showcase", "absent").figures(measure(request.repetitions)).print(request.json);
  return 0;
}
