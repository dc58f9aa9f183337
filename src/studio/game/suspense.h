#pragma once

#include <array>
#include <cstddef>

#include "studio/game/featured_game.h"

namespace keisei::studio {

/// How far the forecast of a run's games is expected to move with the next move.
///
/// After Ely, Frankel & Kamenica, Suspense and Surprise (Journal of Political Economy, 2015):
/// suspense is the variance of the next belief as it is foreseen, surprise the square by which it
/// then moved. Telemetry has no forecast of the moves that were not played, so that the variance of
/// one position cannot be worked out from its own branches. What it has are thousands of positions
/// of the same run and what became of the forecast in them. So positions are told apart by what a
/// viewer could know of them before the move: how open the game is, and whether the policy's
/// likely moves capture, give check or mate. The mean square of a kind is the suspense of each of
/// its positions; kinds of which little is known lean on the mean of all.
///
/// Its limits: it is the variance of a kind of position, not of this one; the belief is the
/// network's forecast, which may be wrong; only the policy's first choices are known; a network's
/// habits change, so that what is older counts less.
class SuspenseMeter {
 public:
  /// Learns from a complete game; each is to be told once.
  void learn(const FeaturedGame& game);
  void clear() { *this = {}; }

  /// The expected square of FeaturedGame::change_after(ply), 0 to 1; 0 as long as nothing is known.
  /// Precondition: there is a decision at this ply.
  double expected(const FeaturedGame& game, int ply) const;
  /// Of any position.
  double mean() const { return all_.mean(); }

 private:
  struct Squares {
    double count = 0;
    double sum = 0;
    double mean() const { return count > 0 ? sum / count : 0; }
  };
  static constexpr std::size_t kKinds = 1 + 4 * 2 * 3 * 3;  // mates, and all others
  static std::size_t kind_of(const FeaturedGame& game, int ply);

  std::array<Squares, kKinds> kinds_;
  Squares all_;
};

}  // namespace keisei::studio
