#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "rl/evaluation/evaluation.h"

namespace keisei::rl {

/// Evaluates beside training: on a thread of its own, of the lowest priority, on weights that were
/// copied for it. Training only hands over a snapshot and looks later whether there is a result; it
/// never waits, and if an evaluation is still going on, the next one is passed over.
class EvaluationThread {
 public:
  using Evaluate =
      std::function<std::optional<Evaluation>(const Snapshot&, const std::stop_token&)>;

  /// `evaluate` is called on the thread only.
  explicit EvaluationThread(Evaluate evaluate);
  /// Stops an evaluation that is going on; its result is lost.
  ~EvaluationThread();

  bool is_idle() const;
  /// Precondition: is_idle().
  void start(Snapshot snapshot);
  /// What has been finished since the last call, oldest first.
  std::vector<Evaluation> take();

 private:
  void serve(const std::stop_token& stop);

  Evaluate evaluate_;
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::optional<Snapshot> next_;
  bool busy_ = false;
  std::vector<Evaluation> done_;
  std::jthread thread_;  // last: everything else is there before it starts
};

}  // namespace keisei::rl
