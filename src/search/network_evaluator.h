#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "rl/network/player.h"
#include "rl/options.h"
#include "rl/selfplay/foresight.h"
#include "rl/selfplay/step_manager.h"
#include "rl/worker_pool.h"
#include "search/evaluator.h"

namespace keisei::search {

/// The network of a checkpoint, as a search asks it: each worker evaluates its share of a batch.
class NetworkEvaluator final : public Evaluator {
 public:
  /// `path`: a checkpoint, or a run's directory, whose newest checkpoint is taken. An error says
  /// why it cannot be played with: missing, damaged, foreign, or of a network that gives no
  /// numbers.
  static Result<std::unique_ptr<NetworkEvaluator>> load(const std::string& path, int threads);

  void evaluate(std::span<const Question> questions, std::span<Answer> answers) override;

  /// The file, the run and its updates, and the size of the network, in one line.
  const std::string& description() const { return description_; }

 private:
  struct Worker {
    rl::PositionBatch batch;
    rl::PolicyOutput output;
    bool finite = true;  // all answers so far were
  };

  NetworkEvaluator(const rl::Options& options, rl::Player player, int threads);
  void evaluate_share(std::span<const Question> questions, std::span<Answer> answers,
                      Worker& worker) const;

  rl::Options options_;
  rl::WorkerPool pool_;
  rl::Player player_;
  rl::StepManager steps_;
  rl::Foresight foresight_;
  std::vector<Worker> workers_;
  std::string description_;
};

}  // namespace keisei::search
