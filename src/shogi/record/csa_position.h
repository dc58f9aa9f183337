#pragma once

#include <array>
#include <string_view>

#include "base/result.h"
#include "shogi/position.h"
#include "shogi/record/reading.h"

namespace keisei::shogi::csa {

/// "77": file and rank.
Result<Square> read_square(std::string_view digits);

/// Collects the position lines; a Position is made of them when the side to move is known.
class PositionLines {
 public:
  explicit PositionLines(Deviations& deviations) : deviations_(deviations) {}

  /// A line that begins with P.
  Result<void> read(int number, std::string_view line);
  bool any() const { return any_; }
  /// Not validated yet.
  Position position(Color side_to_move) const;

 private:
  Result<void> read_even_game(std::string_view removed);
  Result<void> read_rank(int number, int rank, std::string_view cells);
  Result<void> read_placements(Color color, std::string_view pieces);
  Result<void> take_the_rest(Color color);
  Result<void> put(Square square, Piece piece);
  Result<void> count(PieceType type);

  Deviations& deviations_;
  std::array<Piece, Square::kCount> board_{};
  std::array<std::array<int, 8>, 2> hands_{};
  std::array<int, 9> used_{};
  bool any_ = false;
};

}  // namespace keisei::shogi::csa
