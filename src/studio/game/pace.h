#pragma once

#include <chrono>

#include "studio/game/suspense.h"

namespace keisei::studio {

/// How long a position stays on screen, by what it shows and by what may come of it: never by the
/// move that was then played, which nobody may guess from the clock.
///
/// Times are shares of the pace that was chosen:
///   1/4  dull: the move did nothing special, and nothing special is likely next;
///   1/2  eventful: the move took more than a pawn, promoted or gave check, or the policy gives
///   such
///        captures and checks at least half; or nobody knows what may come;
///   1    tense: the forecast is expected to move half as far again as in the mean position;
///   3/2  critical: a mate is likely, the forecast is expected to move twice as far as in the mean
///        position, or it has just turned by kSwing.
class Pace {
 public:
  /// A forecast that turns by so much in one move is a swing.
  static constexpr double kSwing = 0.15;

  /// `suspense` outlives it.
  Pace(std::chrono::milliseconds per_move, const SuspenseMeter& suspense)
      : per_move_(per_move), suspense_(&suspense) {}

  std::chrono::milliseconds per_move() const { return per_move_; }
  /// Of a position after a move. Precondition: a decision follows it.
  std::chrono::milliseconds hold(const FeaturedGame& game, int ply) const;
  /// The longest of them.
  std::chrono::milliseconds slow() const { return per_move_ * 3 / 2; }
  /// Of the first position that is shown.
  std::chrono::milliseconds start() const { return per_move_; }
  /// Where a game is joined: ten seconds at three a move, to read what has happened.
  std::chrono::milliseconds recap() const { return per_move_ * 10 / 3; }
  /// Of a look back.
  std::chrono::milliseconds look_back() const { return slow(); }

 private:
  int quarters_of(const FeaturedGame& game, int ply) const;

  std::chrono::milliseconds per_move_;
  const SuspenseMeter* suspense_;
};

}  // namespace keisei::studio
