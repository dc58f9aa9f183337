#include "rl/encoding/encoding.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>

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

// [hand type][how many]: as a share of all there are.
constexpr auto kHandShare = [] {
  constexpr std::array<int, kDropTypes> kMost{18, 4, 4, 4, 4, 2, 2};
  std::array<std::array<float, 19>, kDropTypes> shares{};
  for (std::size_t type = 0; type < kDropTypes; ++type) {
    for (std::size_t n = 0; n < 19; ++n) {
      shares[type][n] = static_cast<float>(n) / static_cast<float>(kMost[type]);
    }
  }
  return shares;
}();

// By PieceType: none and the gap where a promoted gold would be have no plane.
constexpr std::array<int, 16> kTypePlane{-1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, -1, 12, 13};

// [mover][piece]
constexpr auto kPiecePlane = [] {
  std::array<std::array<std::uint8_t, 32>, 2> planes{};
  for (const Color mover : {Color::black, Color::white}) {
    for (std::size_t type = 1; type < kTypePlane.size(); ++type) {
      const auto plane = [&](Color owner) -> std::uint8_t& {
        return planes[index(mover)][index(make_piece(owner, static_cast<PieceType>(type)))];
      };
      plane(mover) = static_cast<std::uint8_t>(kTypePlane[type]);
      plane(~mover) = static_cast<std::uint8_t>(kTypePlane[type] + kOpponentPieces);
    }
  }
  return planes;
}();

constexpr int in_frame(int square, Color mover) {
  const int from_black = square % kBoardSize * kBoardSize + kBoardSize - 1 - square / kBoardSize;
  return mover == Color::black ? from_black : kSquares - 1 - from_black;
}

// Where the planes of each square of the board begin, by mover.
constexpr auto kPlanesOfSquare = [] {
  std::array<std::array<std::uint16_t, kSquares>, 2> begin{};
  for (const Color mover : {Color::black, Color::white}) {
    for (int square = 0; square < kSquares; ++square) {
      begin[index(mover)][static_cast<std::size_t>(square)] =
          static_cast<std::uint16_t>(in_frame(square, mover) * kPlanes);
    }
  }
  return begin;
}();

using Vector [[gnu::vector_size(64)]] = float;
using UnalignedVector [[gnu::vector_size(64), gnu::aligned(4), gnu::may_alias]] = float;
constexpr std::size_t kWidth = sizeof(Vector) / sizeof(float);

// What is the same on every square, and behind it what of the next square a vector can reach: zeros
// and one hand plane.
using Everywhere = std::array<float, 6 * kWidth>;

UnalignedVector& vector_at(float* at) { return *reinterpret_cast<UnalignedVector*>(at); }
const UnalignedVector& vector_at(const float* at) {
  return *reinterpret_cast<const UnalignedVector*>(at);
}

// Nearly all of the 15 kB that a position takes is written here, so AVX-512, whose stores are twice
// as wide, has a variant of its own, chosen when the program starts.
#if defined(__x86_64__) && !defined(__clang__)
[[gnu::target_clones("arch=x86-64-v4", "default")]]
#endif
void fill_squares(const Everywhere& everywhere, float* planes) {
  // Eight squares are a whole number of vectors, which repeat from the first aligned one on.
  constexpr std::size_t kPeriod = 8 * kPlanes;
  constexpr std::size_t kVectors = kPeriod / kWidth;
  const std::size_t first =
      (std::size_t{0} - reinterpret_cast<std::uintptr_t>(planes) / sizeof(float)) % kWidth;
  Vector repeated[kVectors];
#pragma GCC unroll 23
  for (std::size_t i = 0; i < kVectors; ++i) {
    repeated[i] = vector_at(everywhere.data() + first + i * kWidth % kPlanes);
  }
  vector_at(planes) = vector_at(everywhere.data());
  for (std::size_t at = first; at + kPeriod <= kPlaneFloats; at += kPeriod) {
#pragma GCC unroll 23
    for (std::size_t i = 0; i < kVectors; ++i) vector_at(planes + at + i * kWidth) = repeated[i];
  }
  for (const std::size_t at : {std::size_t{0}, kWidth, kPlanes - kWidth}) {
    vector_at(planes + kPlaneFloats - kPlanes + at) = vector_at(everywhere.data() + at);
  }
}

}  // namespace

int mover_square(Square square, Color mover) {
  return in_frame(static_cast<int>(square.index()), mover);
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

// action_of() without branches and within 16 bits, for sixteen moves at once.
void actions_of(std::span<const Move> moves, Color mover, std::span<std::uint16_t> actions) {
  assert(actions.size() >= moves.size());
  constexpr std::size_t kBlock = 16;
  using Words [[gnu::vector_size(2 * kBlock)]] = std::uint16_t;
  // in_frame() is 8 + 9 * square - 82 * file for Black, and 80 minus that for White.
  const std::uint16_t corner = mover == Color::black ? 8 : 72;
  const std::uint16_t per_square = mover == Color::black ? 9 : 0xFFFF - 8;
  const std::uint16_t per_file = mover == Color::black ? 0xFFFF - 81 : 82;
  const auto framed = [=](Words square) {
    const Words file = square * 57 >> 9;  // square / 9
    return corner + per_square * square + per_file * file;
  };
  const auto number = [&](std::size_t begin, std::size_t size) {
    Words bits{};
    std::memcpy(&bits, moves.data() + begin, size * sizeof(Move));
    const Words to = framed(bits & 127);
    const Words origin = bits >> 7 & 127;  // or the type of a dropped piece
    const Words from = framed(origin);
    const Words board = from * kMovesPerSquare + (to > from ? to - 1 : to) * 2 + (bits >> 15);
    const Words drop = to * kDropTypes + origin + (kBoardActions - 1);
    const Words numbers = (bits & Move::kDropBit) != 0 ? drop : board;
    std::memcpy(actions.data() + begin, &numbers, size * sizeof(std::uint16_t));
  };
  // The last block overlaps the one before.
  const std::size_t size = moves.size();
  if (size < kBlock) return number(0, size);
  for (std::size_t at = 0; at < size; at += kBlock) number(std::min(at, size - kBlock), kBlock);
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

  // Cleared by vectors, because g++ would choose `rep stos`, which is slow to start.
  Everywhere everywhere;
#pragma GCC unroll 6
  for (std::size_t at = 0; at < everywhere.size(); at += kWidth) {
    vector_at(everywhere.data() + at) = UnalignedVector{};
  }
  for (std::size_t i = 0; i < kDropTypes; ++i) {
    const PieceType type = shogi::kHandTypes[i];
    const auto share = [&](Color color) {
      return kHandShare[i][static_cast<std::size_t>(position.hand_count(color, type))];
    };
    everywhere[kOwnHand + i] = share(mover);
    everywhere[kOpponentHand + i] = share(~mover);
  }
  everywhere[kBlackToMove] = mover == Color::black ? 1.0F : 0.0F;
  everywhere[kPly] = static_cast<float>(position.ply()) / static_cast<float>(max_plies);
  everywhere[kOccurrences] = static_cast<float>(std::min(occurrences - 1, 3)) / 3.0F;
  everywhere[kInCheck] = position.in_check() ? 1.0F : 0.0F;
  everywhere[kPlanes + kOwnHand] = everywhere[kOwnHand];

  fill_squares(everywhere, planes.data());
  const auto& begin = kPlanesOfSquare[index(mover)];
  const auto& plane = kPiecePlane[index(mover)];
  position.occupied().for_each([&](Square square) {
    const std::size_t at = begin[square.index()];
    planes[at + plane[index(position.piece_on(square))]] = 1.0F;
  });
}

}  // namespace keisei::rl
