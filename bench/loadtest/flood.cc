#include "loadtest/flood.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/testing/temporary_folder.h"
#include "harness/report.h"
#include "loadtest/load_trainer.h"
#include "loadtest/process_memory.h"
#include "loadtest/showcase_process.h"
#include "loadtest/stopped_threads.h"
#include "loadtest/viewer_fleet.h"

namespace keisei::loadtest {
namespace {

using namespace std::chrono_literals;
using Time = std::chrono::steady_clock::time_point;

constexpr double kMegabyte = 1e6;
constexpr std::int64_t kMostEventsOfAGame = 1000;  // its moves are among them
constexpr int kBarMissed = 1;
constexpr double kLeastOfAsked = 0.99;

double seconds_between(Time from, Time to) {
  return std::chrono::duration<double>(to - from).count();
}

/// The two kings step forth and back.
struct Step {
  const char* sfen;
  const char* usi;

  /// What else might have been played.
  std::array<const char*, hook::kTopMoves> top() const {
    if (usi[1] > 'e') return {usi, "7g7f", "2g2f", "5g5f", "6g6f"};  // Black's
    return {usi, "3c3d", "8c8d", "5c5d", "4c4d"};
  }
};
constexpr std::array<Step, 4> kSteps{{
    {"lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1", "5i5h"},
    {"lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B2K2R1/LNSG1GSNL w - 2", "5a5b"},
    {"lnsg1gsnl/1r2k2b1/ppppppppp/9/9/9/PPPPPPPPP/1B2K2R1/LNSG1GSNL b - 3", "5h5i"},
    {"lnsg1gsnl/1r2k2b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 4", "5b5a"},
}};

/// A trainer that says as much as the options ask for: moves mostly, every tenth event a map, now
/// and then an update, and every game to its end. Most moves are too many for the hook: their games
/// cannot be shown, and the showcase says so (`gap`, or `overtaken` where none after them came).
class Flood {
 public:
  Flood(const FloodOptions& options, hook::StreamingHook& hook)
      : hook_(hook),
        every_game_(std::clamp<std::int64_t>(options.events_per_second / options.games_per_second,
                                             1, kMostEventsOfAGame)) {
    move_.legal_moves = 30;
    move_.top.count = hook::kTopMoves;
    move_.destinations.fill(1.0F / hook::kBoardSquares);
    attention_.activity.fill(1.5F);
    attention_.gates.count = 32;
  }

  void emit_one() {
    ++events_;
    if (events_ % every_game_ == 0) {
      end_game();
    } else if (events_ % 1000 == 1) {
      ++metrics_.update;
      hook_.emit(metrics_);
    } else if (events_ % 10 == 2) {
      attention_.game_number = move_.game_number;
      attention_.ply = move_.ply;
      hook_.emit(attention_);
    } else {
      play_move();
    }
  }

  std::int64_t games() const { return games_; }

 private:
  void play_move() {
    const Step& step = kSteps[static_cast<std::size_t>(move_.ply % 4)];
    move_.sfen = step.sfen;
    move_.usi = step.usi;
    const auto top = step.top();
    for (std::size_t i = 0; i < top.size(); ++i) move_.top.items[i] = {top[i], 0.2F};
    hook_.emit(move_);
    game_.moves.add(step.usi);
    ++move_.ply;
  }
  void end_game() {
    game_.game_number = move_.game_number++;
    hook_.emit(game_);
    ++games_;
    game_.moves.count = 0;
    move_.ply = 0;
  }

  hook::StreamingHook& hook_;
  std::int64_t every_game_;
  std::int64_t events_ = 0;
  std::int64_t games_ = 0;
  hook::MetricsEvent metrics_;  // of no games: the showcase tells how many it was told of
  hook::MoveEvent move_{.game_number = 1};
  hook::AttentionEvent attention_;
  hook::GameFinishedEvent game_;
};

/// The number of finished games on a viewer's screen.
std::int64_t games_in(std::string_view payload) {
  constexpr std::string_view kKey = R"("games":)";
  const auto found = payload.find(kKey);
  std::int64_t games = 0;
  if (found == std::string_view::npos) return games;
  const std::string_view number = payload.substr(found + kKey.size(), 20);
  std::from_chars(number.data(), number.data() + number.size(), games);
  return games;
}

std::int64_t dropped(const hook::HookCounters& counters, std::string_view kind) {
  std::int64_t sum = 0;
  for (const auto& [key, count] : counters.dropped_by) {
    if (key.starts_with(std::string(kind) + '/')) sum += count;
  }
  return sum;
}

/// How long the emits took: in nanoseconds each, and in milliseconds for a whole batch, where it
/// shows if the thread was kept waiting now and then.
struct EmitTimes {
  std::vector<double> running, standing;
  std::vector<double> batches_ms;
  double total_s = 0;

  void add(double took_s, int events, bool is_standing) {
    total_s += took_s;
    batches_ms.push_back(1e3 * took_s);
    (is_standing ? standing : running).push_back(1e9 * took_s / events);
  }
};

}  // namespace

int measure_flood(const FloodOptions& options) {
  const ShowcaseProcess showcase(options.showcase, options.content);
  const TemporaryFolder folder;
  LoadTrainer trainer(showcase, folder / "unsent.jsonl");  // as keisei-train has one
  std::atomic<std::int64_t> games_shown = 0;
  const ViewerFleet viewer(showcase.port(), 1, R"({"channels":["system"]})",
                           [&](std::size_t, std::string_view payload, Time) {
                             if (payload.starts_with(R"({"type":"system_status")"))
                               games_shown = games_in(payload);
                           });
  Flood flood(options, trainer.hook());
  EmitTimes times;
  const auto batches = static_cast<std::size_t>(options.seconds * kFloodBatchesPerSecond);
  for (std::vector<double>* list : {&times.running, &times.standing, &times.batches_ms}) {
    list->assign(batches, 0);  // the pages are there before memory is measured
    list->clear();
  }

  const ProcessMemory hook_memory(::getpid());
  const ProcessMemory showcase_memory(showcase.pid());
  const double hook_idle = hook_memory.resident();
  const double showcase_idle = showcase_memory.resident();
  hook_memory.forget_peak();
  showcase_memory.forget_peak();

  const Time begin = std::chrono::steady_clock::now();
  const double stop_at = (options.seconds - options.stopped_seconds) / 2;
  std::atomic<bool> standing = false;
  std::thread stopper([&] {
    std::this_thread::sleep_until(begin + std::chrono::duration<double>(stop_at));
    const StoppedThreads studio(showcase.pid());
    standing = true;
    std::this_thread::sleep_for(std::chrono::duration<double>(options.stopped_seconds));
    standing = false;
  });
  const int batch = options.events_per_second / kFloodBatchesPerSecond;
  Time next = begin;
  for (std::size_t i = 0; i < batches; ++i) {
    const bool is_standing = standing;
    const Time from = std::chrono::steady_clock::now();
    for (int event = 0; event < batch; ++event) flood.emit_one();
    times.add(seconds_between(from, std::chrono::steady_clock::now()), batch, is_standing);
    next += std::chrono::microseconds(1'000'000 / kFloodBatchesPerSecond);
    std::this_thread::sleep_until(next);
  }
  const double took = seconds_between(begin, std::chrono::steady_clock::now());
  stopper.join();

  // Until every event is accounted for, and the viewer knows.
  hook::HookCounters counters = trainer.hook().counters();
  const auto unaccounted = [&] {
    counters = trainer.hook().counters();
    return counters.emitted - counters.acknowledged - counters.dropped;
  };
  for (int i = 0; i < 300 && unaccounted() > 0; ++i) std::this_thread::sleep_for(100ms);
  std::this_thread::sleep_for(1500ms);

  const double hook_growth = (hook_memory.peak() - hook_idle) / kMegabyte;
  const double showcase_growth = (showcase_memory.peak() - showcase_idle) / kMegabyte;
  const auto emitted = static_cast<double>(counters.emitted);
  const auto games_lost = std::abs(static_cast<double>(flood.games() - games_shown));
  const auto games_counted = static_cast<double>(dropped(counters, "game_finished"));
  const double while_running = harness::median(times.running);
  const double while_standing = harness::median(times.standing);

  harness::Report report("ingest.flood");
  report
      .figure("events_per_s", emitted / took,
              harness::at_least(kLeastOfAsked * options.events_per_second))
      .figure("emit_p50_ns", while_running, harness::at_most(250))
      .figure("emit_standing_p50_ns", while_standing, harness::at_most(250))
      .figure("standing_to_running", while_standing / while_running, harness::at_most(1.25))
      .figure("batch_p999_ms", harness::quantile(times.batches_ms, 0.999), harness::at_most(5))
      .figure("batch_max_ms", harness::quantile(times.batches_ms, 1), harness::at_most(100))
      .figure("emit_share_pct", 100 * times.total_s / took)
      .figure("hook_peak_mb", hook_growth, harness::at_most(64))
      .figure("showcase_peak_mb", showcase_growth, harness::at_most(64))
      .figure("games", static_cast<double>(flood.games()))
      .figure("games_lost", games_lost, harness::at_most(0))
      .figure("games_counted_lost", games_counted, harness::at_most(0))
      .figure("unaccounted", std::abs(static_cast<double>(unaccounted())), harness::at_most(0))
      .figure("connections", static_cast<double>(counters.connections))
      .figure("moves_dropped_pct", 100 * static_cast<double>(dropped(counters, "move")) / emitted)
      .print(options.json);
  return report.meets_its_bars() ? 0 : kBarMissed;
}

}  // namespace keisei::loadtest
