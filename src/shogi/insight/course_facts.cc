#include "shogi/declaration.h"
#include "shogi/insight/fact_kinds.h"

namespace keisei::shogi {

void add_entering_facts(const PlayedMove& played, MoveFacts& facts) {
  const Move move = played.move();
  if (played.piece() != PieceType::king || !in_promotion_zone(played.us(), move.to()) ||
      in_promotion_zone(played.us(), move.from())) {
    return;
  }
  Position own_turn = played.after();
  own_turn.set_side_to_move(played.us());
  const DeclarationStatus status = declaration_status(own_turn);
  facts.push_back(played.fact(MoveRule::king_enters));
  facts.back().amount = status.points;
  facts.back().of = status.points_needed;
}

void add_repetition_facts(const PlayedMove& played, const GameSoFar& game, MoveFacts& facts) {
  Position position = game.start;
  int count = 1;
  const auto look = [&] { count += position.same_as(played.after()) ? 1 : 0; };
  look();
  for (const Move move : game.moves) {
    position.do_move(move);
    look();
  }
  if (count < 2) return;
  facts.push_back(played.fact(MoveRule::repetition));
  facts.back().amount = count;
}

}  // namespace keisei::shogi
