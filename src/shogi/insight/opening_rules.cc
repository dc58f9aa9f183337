#include "shogi/insight/opening_rules.h"

#include <algorithm>

namespace keisei::shogi {

bool OpeningCondition::met(const Position& position, Color player,
                           const PlayerHistory& history) const {
  const auto part_is_met = [&](const OpeningCondition& part) {
    return part.met(position, player, history);
  };
  switch (kind) {
    case Kind::own_piece:
      return !(position.pieces(player, piece) & squares[index(player)]).empty();
    case Kind::enemy_piece:
      return !(position.pieces(~player, piece) & squares[index(player)]).empty();
    case Kind::hand:
      return position.hand_count(player, piece) > 0;
    case Kind::captured:
      return ((history.captured >> index(piece)) & 1) != 0;
    case Kind::moved:
      return ((history.moved >> index(piece)) & 1) != 0;
    case Kind::opening:
      return ((history.holds >> opening) & 1) != 0;
    case Kind::all:
      return std::all_of(parts.begin(), parts.end(), part_is_met);
    case Kind::any:
      return std::any_of(parts.begin(), parts.end(), part_is_met);
    case Kind::none:
      return std::none_of(parts.begin(), parts.end(), part_is_met);
  }
  return false;
}

}  // namespace keisei::shogi
