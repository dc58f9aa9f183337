#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "shogi/position.h"

namespace keisei::shogi::kif {

/// Reads a position drawn as a board with hands, line by line.
class BoardReader {
 public:
  /// A line from '|' to the rank's kanji.
  Result<void> read_rank(std::string_view line);
  /// What follows "持駒：": "飛　角二　歩十八　", "なし".
  Result<void> read_hand(Color color, std::string_view pieces);
  void set_side_to_move(Color color) { side_ = color; }

  bool any() const { return any_; }
  bool tells_side_to_move() const { return side_.has_value(); }
  /// Not validated yet. Black moves first unless a line said otherwise.
  Result<Position> finish() const;

 private:
  Result<void> count(Piece piece, int n);

  Position position_ = Position::empty();
  std::optional<Color> side_;
  unsigned ranks_read_ = 0;  // a bit for each
  int used_[9] = {};
  bool any_ = false;
};

/// The same drawing, from White's hand to the side to move.
std::string draw_board(const Position& position);

}  // namespace keisei::shogi::kif
