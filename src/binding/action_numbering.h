#pragma once

#include <cstddef>
#include <optional>

#include "hook/events/event_fields.h"

/// How Keisei's networks number their actions, of which there have been two ways. A square is
/// row * 9 + column, row 0 rank a, column 0 file 9; drops go {P L N S G B R}.
namespace keisei::binding {

enum class Numbering {
  /// 13 527, Keisei's until March 2026: from * 160 + (to, without `from`) * 2 + promotion, then
  /// drops: 12960 + to * 7 + piece.
  destinations,
  /// 11 259, Keisei's since April 2026 ("spatial"): square * 139 + kind. Kinds 0-63 go direction *
  /// 8
  /// + distance - 1, the direction clockwise from straight ahead, 64-127 are the same with
  /// promotion; 128-131 the knight's jump to the left, with promotion, to the right, with
  /// promotion;
  /// 132-138 drops. Moves start at the square, drops end there. Many kinds leave the board.
  directions,
};

inline constexpr int kActions = 13527;
inline constexpr int kDirectionActions = 11259;

/// By how many actions there are.
constexpr std::optional<Numbering> numbering_of(std::size_t actions) {
  if (actions == kActions) return Numbering::destinations;
  if (actions == kDirectionActions) return Numbering::directions;
  return std::nullopt;
}
constexpr int actions_of(Numbering numbering) {
  return numbering == Numbering::destinations ? kActions : kDirectionActions;
}

/// Whose view the squares of an action are in.
enum class Frame {
  mover,  // rotated by 180 degrees when White moves, as the observation is
  board,  // Black's view for both
};

/// What an action means, in the view in which it is numbered.
struct ActionMove {
  static constexpr int kDrop = -1;

  int from;  // kDrop: a piece in hand
  int to;
  int piece;  // of a drop: its place in {P L N S G B R}
  bool promotion;
};

/// None for an action that leaves the board. Precondition: 0 <= action < actions_of(numbering).
std::optional<ActionMove> move_of(int action, Numbering numbering);

/// "7g7f"; `turned` for a White mover in the frame of the mover.
hook::UsiText to_usi(const ActionMove& move, bool turned);

constexpr int turned_square(int square, bool turned) { return turned ? 80 - square : square; }

}  // namespace keisei::binding
