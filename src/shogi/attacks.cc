#include "shogi/attacks.h"

#include <span>

namespace keisei::shogi {
namespace {

// From Black's side of the board: forward is towards rank 0, left towards file 8.
struct Step {
  int file;
  int rank;
};

constexpr Step kPawn[] = {{0, -1}};
constexpr Step kKnight[] = {{-1, -2}, {1, -2}};
constexpr Step kSilver[] = {{-1, -1}, {0, -1}, {1, -1}, {-1, 1}, {1, 1}};
constexpr Step kGold[] = {{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {0, 1}};
constexpr Step kSideways[] = {{0, -1}, {0, 1}, {-1, 0}, {1, 0}};
constexpr Step kDiagonal[] = {{-1, -1}, {1, -1}, {-1, 1}, {1, 1}};
constexpr Step kKing[] = {{-1, -1}, {0, -1}, {1, -1}, {-1, 0}, {1, 0}, {-1, 1}, {0, 1}, {1, 1}};

constexpr Step kRising[] = {{0, 1}, {1, 0}, {1, 1}, {1, -1}};
constexpr Step kFalling[] = {{0, -1}, {-1, 0}, {-1, -1}, {-1, 1}};

constexpr std::span<const Step> steps_of(PieceType type) {
  switch (type) {
    case PieceType::pawn:
      return kPawn;
    case PieceType::knight:
      return kKnight;
    case PieceType::silver:
      return kSilver;
    case PieceType::gold:
    case PieceType::pro_pawn:
    case PieceType::pro_lance:
    case PieceType::pro_knight:
    case PieceType::pro_silver:
      return kGold;
    case PieceType::king:
      return kKing;
    case PieceType::horse:
      return kSideways;
    case PieceType::dragon:
      return kDiagonal;
    default:
      return {};
  }
}

constexpr bool on_board(int file, int rank) {
  return file >= 0 && file < 9 && rank >= 0 && rank < 9;
}

constexpr Bitboard step_set(std::span<const Step> steps, int file, int rank, int forward) {
  Bitboard set;
  for (const Step& step : steps) {
    const int f = file + step.file;
    const int r = rank + step.rank * forward;
    if (on_board(f, r)) set |= Bitboard(Square(f, r));
  }
  return set;
}

// The ray from a square, which itself is left out; fills `between` along the way.
constexpr Bitboard walk(AttackTables& tables, int file, int rank, Step step) {
  const Square from(file, rank);
  Bitboard ray;
  for (int f = file + step.file, r = rank + step.rank; on_board(f, r);
       f += step.file, r += step.rank) {
    tables.between[from.index()][Square(f, r).index()] = ray;
    ray |= Bitboard(Square(f, r));
  }
  return ray;
}

constexpr AttackTables make_tables() {
  AttackTables tables{};
  for (int s = 0; s < Square::kCount; ++s) {
    const int file = Square(s).file();
    const int rank = Square(s).rank();
    const auto i = static_cast<std::size_t>(s);
    for (const Color color : {Color::black, Color::white}) {
      const int forward = color == Color::black ? 1 : -1;
      for (std::size_t t = 1; t < 16; ++t) {
        const auto type = static_cast<PieceType>(t);
        tables.steps[index(make_piece(color, type))][i] =
            step_set(steps_of(type), file, rank, forward);
      }
      tables.step_sources[index(color)][i] =
          step_set(kKing, file, rank, 1) | step_set(kKnight, file, rank, -forward);
    }
    for (std::size_t d = 0; d < 4; ++d) {
      tables.rising[i][d] = walk(tables, file, rank, kRising[d]);
      tables.falling[i][d] = walk(tables, file, rank, kFalling[d]);
    }
    const auto& up = tables.rising[i];
    const auto& down = tables.falling[i];
    tables.rook_lines[i] = up[0] | up[1] | down[0] | down[1];
    tables.bishop_lines[i] = up[2] | up[3] | down[2] | down[3];
    tables.lance_lines[index(Color::black)][i] = down[AttackTables::up];
    tables.lance_lines[index(Color::white)][i] = up[AttackTables::down];
  }
  for (std::size_t i = 0; i < Square::kCount; ++i) {
    const auto over_neighbours = [&](const AttackTables::PerSquare& sources) {
      Bitboard zone;
      tables.steps[index(make_piece(Color::black, PieceType::king))][i].for_each(
          [&](Square next) { zone |= sources[next.index()]; });
      return zone;
    };
    for (const Color color : {Color::black, Color::white}) {
      tables.step_zones[index(color)][i] = over_neighbours(tables.step_sources[index(color)]);
      tables.lance_zones[index(color)][i] = over_neighbours(tables.lance_lines[index(~color)]);
    }
    tables.bishop_zones[i] = over_neighbours(tables.bishop_lines);
    tables.rook_zones[i] = over_neighbours(tables.rook_lines);
  }
  return tables;
}

}  // namespace

constinit const AttackTables kAttacks = make_tables();

}  // namespace keisei::shogi
