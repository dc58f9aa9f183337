#pragma once

#include <cstddef>
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
  /// So many versions are followed at a time; beyond that the one that was not played for longest
  /// is forgotten, with the evidence against it. A trainer plays a few that it keeps.
  static constexpr std::size_t kMostOpponents = 64;

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
    double stake;  // on it, of 1
    SequentialTest test;
    double games = 0;
    double points = 0;
  };

  /// From now on it is the one that was played last.
  Opponent& opponent(std::int64_t update);
  static double stake_of(std::size_t place);

  std::int64_t newest_ = -1;         // network that was evaluated
  std::int64_t base_ = 0;            // the search is for proof over this version or a newer one
  std::vector<Opponent> opponents_;  // whoever was played last is the last
  std::size_t met_ = 0;              // in this search
};

}  // namespace keisei::studio
