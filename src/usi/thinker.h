#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "base/clock.h"
#include "rl/random.h"
#include "search/tree_search.h"
#include "usi/engine_options.h"
#include "usi/go_command.h"
#include "usi/output.h"

namespace keisei::usi {

/// Answers `go` on a thread of its own: with exactly one `bestmove`, or `checkmate` for `go mate`,
/// whatever happens.
class Thinker {
 public:
  /// Both outlive the thinker.
  Thinker(Output& output, const Clock& clock, std::uint64_t seed)
      : output_(output), clock_(clock), random_(seed) {}
  ~Thinker() { finish(); }

  bool is_thinking() const { return thinking_; }

  /// Returns at once. The evaluator may be null: then the engine resigns and says why. Finishes
  /// what it thought about before.
  void think(const shogi::Game& game, const GoCommand& go, const EngineOptions& options,
             search::Evaluator* evaluator);

  /// The opponent has played the expected move: the clock runs. `times` replaces what `go ponder`
  /// said if it says anything.
  void ponder_hit(const search::TimeControl& times);

  /// The answer is due now; it comes within a batch. Nothing happens if none is.
  void stop();
  /// The same, and waits for the answer.
  void finish();

 private:
  // What the input thread and the searching thread share about one `go`.
  struct Shared {
    search::SearchSignal signal;
    std::mutex mutex;
    std::condition_variable changed;
    bool may_answer = false;  // false while pondering or analysing without end

    void release() {
      const std::lock_guard lock(mutex);
      may_answer = true;
      changed.notify_all();
    }
    void wait_until_released() {
      std::unique_lock lock(mutex);
      changed.wait(lock, [this] { return may_answer; });
    }
  };

  std::string best_move(const shogi::Game& game, const GoCommand& go, const EngineOptions& options,
                        search::Evaluator* evaluator, const Shared& shared);
  std::string mate_answer(const shogi::Game& game, const Shared& shared);
  void start_clock(const search::TimeControl& times);

  Output& output_;
  const Clock& clock_;
  rl::Random random_;
  std::thread thread_;
  std::atomic<bool> thinking_ = false;
  std::unique_ptr<Shared> shared_;
  search::TimeControl times_;
  shogi::Color mover_ = shogi::Color::black;
  std::chrono::milliseconds margin_{0};
};

}  // namespace keisei::usi
