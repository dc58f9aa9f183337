#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "protocol/evaluation_messages.h"
#include "studio/milestones/sequential_test.h"

namespace keisei::studio {

/// Looks for proof that a run plays better than a version of itself that was frozen: at least
/// kElo better, which a random sequence of evaluations would prove once in 1 / kError searches. A
/// search takes all games since the last proof, against all versions at least as new as that; the
/// next one begins with the network that was found to be better.
class BreakthroughWatch {
 public:
  static constexpr double kElo = 100;
  static constexpr double kError = 0.01;

  struct Breakthrough {
    std::int64_t over;  // the frozen version: after this update
    double score;       // against it, of all games of the search; a draw counts half
  };

  /// Evaluations of networks that are not newer than the newest heard of count no more: a run that
  /// is resumed from a checkpoint may play the very same games again.
  std::optional<Breakthrough> hear(const protocol::EvaluationFinished& evaluation);

 private:
  struct Opponent {
    std::int64_t update;
    SequentialTest test;
    double games = 0;
    double points = 0;
  };

  Opponent& opponent(std::int64_t update);
  static double weight(std::size_t place);

  std::int64_t newest_ = -1;  // network that was evaluated
  std::int64_t base_ = 0;     // the search is for proof over this version or a newer one
  std::vector<Opponent> opponents_;
};

}  // namespace keisei::studio
