#include "rl/encoding.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>

namespace keisei::rl {
namespace {

using shogi::Color;
using shogi::Move;
using shogi::PieceType;
using shogi::Position;
using shogi::Square;

constexpr int kOpponentPieces = 14;
constexpr int kOwnHand = 28;
constexpr int kOpponentHand = 35;
constexpr int kBlackToMove = 42;
constexpr int kPly = 43;
constexpr int kOccurrences = 44;
constexpr int kInCheck = 45;

constexpr std::array<float, kDropTypes> kMostInHand{18, 4, 4, 4, 4, 2, 2};

// By PieceType: none and the gap where a promoted gold would be have no plane.
constexpr std::array<int, 16> kPiecePlane{-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1, 12, 13};

}  // namespace

int mover_square(Square square, Color mover) {
  const int from_black = square.rank() * kBoardSize + (kBoardSize - 1 - square.file());
  return mover == Color::black ? from_black : kSquares - 1 - from_black;
}

Square square_of(int square, Color mover) {
  const int from_black = mover == Color::black ? square : kSquares - 1 - square;
  return Square(kBoardSize - 1 - from_black % kBoardSize, from_black / kBoardSize);
}

int action_of(Move move, Color mover) {
  const int to = mover_square(move.to(), mover);
  if (move.is_drop()) {
    return kBoardActions + to * kDropTypes + static_cast<int>(move.drop_type()) - 1;
  }
  const int from = mover_square(move.from(), mover);
  return from * kMovesPerSquare + (to > from ? to - 1 : to) * 2 + (move.is_promotion() ? 1 : 0);
}

Move move_of(int action, Color mover) {
  assert(action >= 0 && action < kActions);
  if (action >= kBoardActions) {
    const int drop = action - kBoardActions;
    return Move::drop(static_cast<PieceType>(drop % kDropTypes + 1),
                      square_of(drop / kDropTypes, mover));
  }
  const int from = action / kMovesPerSquare;
  const int rest = action % kMovesPerSquare;
  const int to = rest / 2 + (rest / 2 >= from ? 1 : 0);
  return Move::board(square_of(from, mover), square_of(to, mover), rest % 2 == 1);
}

void encode_planes(const Position& position, int occurrences, int max_plies,
                   std::span<float> planes) {
  assert(planes.size() == kPlaneFloats);
  assert(occurrences >= 1 && max_plies > 0);
  const Color mover = position.side_to_move();

  // The planes that are the same on every square, made once and copied.
  std::array<float, kPlanes> everywhere{};
  for (std::size_t i = 0; i < kDropTypes; ++i) {
    const PieceType type = shogi::kHandTypes[i];
    everywhere[kOwnHand + i] =
        static_cast<float>(position.hand_count(mover, type)) / kMostInHand[i];
    everywhere[kOpponentHand + i] =
        static_cast<float>(position.hand_count(~mover, type)) / kMostInHand[i];
  }
  everywhere[kBlackToMove] = mover == Color::black ? 1.0F : 0.0F;
  everywhere[kPly] = static_cast<float>(position.ply()) / static_cast<float>(max_plies);
  everywhere[kOccurrences] = static_cast<float>(std::min(occurrences - 1, 3)) / 3.0F;
  everywhere[kInCheck] = position.in_check() ? 1.0F : 0.0F;

  for (std::size_t square = 0; square < kSquares; ++square) {
    std::copy(everywhere.begin(), everywhere.end(),
              planes.begin() + static_cast<std::ptrdiff_t>(square * kPlanes));
  }
  position.occupied().for_each([&](Square square) {
    const shogi::Piece piece = position.piece_on(square);
    const int plane =
        kPiecePlane[index(type_of(piece))] + (color_of(piece) == mover ? 0 : kOpponentPieces);
    planes[static_cast<std::size_t>(mover_square(square, mover) * kPlanes + plane)] = 1.0F;
  });
}

}  // namespace keisei::rl
