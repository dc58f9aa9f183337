#pragma once

#include <cstdint>
#include <span>

#include "shogi/move.h"
#include "shogi/position.h"

/// What the network sees and what it may answer, both in one frame: the mover's. For White the
/// board is rotated by 180 degrees, planes and actions alike, so that a position and its
/// colour-swapped twin look the same but for plane 42.
///
/// A square of that frame is row * 9 + column, row 0 furthest from the mover, column 0 on the
/// mover's left.
namespace keisei::rl {

inline constexpr int kBoardSize = 9;
inline constexpr int kSquares = 81;
inline constexpr int kPlanes = 46;
inline constexpr int kPlaneFloats = kPlanes * kSquares;

/// Board moves: from * 160 + (to without `from`) * 2 + promotion; then drops: to * 7 + hand type.
inline constexpr int kMovesPerSquare = 160;
inline constexpr int kDropTypes = 7;
inline constexpr int kBoardActions = kSquares * kMovesPerSquare;
inline constexpr int kActions = kBoardActions + kSquares * kDropTypes;

/// The square in the mover's frame, and in the board frame (Black's view, as viewers' maps use).
int mover_square(shogi::Square square, shogi::Color mover);
inline int board_square(shogi::Square square) { return mover_square(square, shogi::Color::black); }
shogi::Square square_of(int mover_square, shogi::Color mover);

int action_of(shogi::Move move, shogi::Color mover);
/// The same for many moves at once. Precondition: actions.size() >= moves.size().
void actions_of(std::span<const shogi::Move> moves, shogi::Color mover,
                std::span<std::uint16_t> actions);
/// The inverse for any action in [0, kActions); whether the move is legal is another question.
shogi::Move move_of(int action, shogi::Color mover);

/// Writes the 46 planes of the position, all of them, square by square: planes[square * 46 +
/// plane], which as a tensor is [46, 9, 9] in channels-last order.
///
///   0-7    own P L N S G B R K            14-21  the opponent's
///   8-13   own promoted P L N S B R       22-27  the opponent's
///   28-34  own hand P L N S G B R, as a share of all there are; 35-41 the opponent's
///   42     1 when Black is to move
///   43     ply / max_plies
///   44     earlier occurrences of the position / 3
///   45     1 when the mover is in check
///
/// Precondition: planes.size() == kPlaneFloats; occurrences >= 1 counts this one too.
void encode_planes(const shogi::Position& position, int occurrences, int max_plies,
                   std::span<float> planes);

}  // namespace keisei::rl
