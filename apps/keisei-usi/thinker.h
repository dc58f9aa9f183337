#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "base/clock.h"
#include "engine_options.h"
#include "go_command.h"
#include "output.h"
#include "rl/random.h"
#include "search/tree_search.h"

/// Answers `go` on a thread of its own: with exactly one `bestmove`, or `checkmate` for `go mate`,
/// whatever happens.
class Thinker {
 public:
  /// Both outlive the thinker.
  Thinker(Output& output, const keisei::Clock& clock, std::uint64_t seed)
      : output_(output), clock_(clock), random_(seed) {}
  ~Thinker() { finish(); }

  bool is_thinking() const { return thinking_; }

  /// Returns at once. The evaluator may be null: then the engine resigns and says why. Finishes
  /// what it thought about before.
  void think(const keisei::shogi::Game& game, const GoCommand& go, const EngineOptions& options,
             keisei::search::Evaluator* evaluator);

  /// The opponent has played the expected move: the clock runs. `times` replaces what `go ponder`
  /// said if it says anything.
  void ponder_hit(const keisei::search::TimeControl& times);

  /// The answer is due now; it comes within a batch. Nothing happens if none is.
  void stop();
  /// The same, and waits for the answer.
  void finish();

 private:
  // What the input thread and the searching thread share about one `go`.
  struct Shared {
    keisei::search::SearchSignal signal;
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

  std::string best_move(const keisei::shogi::Game& game, const GoCommand& go,
                        const EngineOptions& options, keisei::search::Evaluator* evaluator,
                        const Shared& shared);
  std::string mate_answer(const keisei::shogi::Game& game, const Shared& shared);
  void start_clock(const keisei::search::TimeControl& times);

  Output& output_;
  const keisei::Clock& clock_;
  keisei::rl::Random random_;
  std::thread thread_;
  std::atomic<bool> thinking_ = false;
  std::unique_ptr<Shared> shared_;
  keisei::search::TimeControl times_;
  keisei::shogi::Color mover_ = keisei::shogi::Color::black;
  std::chrono::milliseconds margin_{0};
};
