#include "shogi/insight/move_reader.h"

#include <algorithm>

#include "shogi/insight/fact_kinds.h"

namespace keisei::shogi {

MoveFacts MoveReader::read(const Position& before, Move move,
                           const std::optional<GameSoFar>& game) const {
  const PlayedMove played(before, move);
  MoveFacts facts;
  add_mate_facts(played, facts);
  add_capture_facts(played, facts);
  if (!played.mates()) {
    add_loss_facts(played, facts);
    add_promotion_facts(played, facts);
    add_attack_facts(played, facts);
    add_castle_facts(played, *castles_, facts);
    if (game) add_opening_facts(played, *game, *openings_, facts);
    add_entering_facts(played, facts);
    if (game) add_repetition_facts(played, *game, facts);
  }
  std::sort(facts.begin(), facts.end(),
            [](const MoveFact& a, const MoveFact& b) { return a.rule < b.rule; });
  return facts;
}

}  // namespace keisei::shogi
