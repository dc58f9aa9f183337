#pragma once

#include <array>
#include <boost/json.hpp>

#include "base/result.h"
#include "shogi/position.h"

namespace keisei::shogi::jkf {

/// The position of "data": who moves, board[file][rank], and the hands.
class DrawnPosition {
 public:
  /// Not validated yet.
  Result<Position> read(const boost::json::object& data);

 private:
  Result<void> read_board(const boost::json::object& data);
  Result<void> place(const boost::json::value& cell, Square square);
  Result<void> read_hands(const boost::json::object& data);
  Result<void> count(PieceType type, int pieces);

  Position position_ = Position::empty();
  std::array<int, 9> used_{};
};

}  // namespace keisei::shogi::jkf
