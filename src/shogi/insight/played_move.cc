#include "shogi/insight/played_move.h"

namespace keisei::shogi {
namespace {

Position position_after(const Position& before, Move move) {
  Position after = before;
  after.do_move(move);
  return after;
}

}  // namespace

PlayedMove::PlayedMove(const Position& before, Move move)
    : before_(before),
      after_(position_after(before, move)),
      move_(move),
      tactics_(tactics_of(before, move)),
      piece_(move.is_drop() ? move.drop_type() : type_of(before.piece_on(move.from()))),
      captured_(move.is_drop() ? PieceType::none : type_of(before.piece_on(move.to()))),
      mates_(tactics_.is_check() && after_.count_legal_moves() == 0) {}

MoveFact PlayedMove::fact(MoveRule rule, Square square) const {
  MoveFact fact{rule, us()};
  fact.piece = type_of(after_.piece_on(square));
  fact.square = square;
  return fact;
}

MoveFact::Target PlayedMove::target(Square square) const {
  return {type_of(after_.piece_on(square)), square};
}

}  // namespace keisei::shogi
