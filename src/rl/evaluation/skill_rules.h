#pragma once

#include <string_view>
#include <vector>

#include "shogi/position.h"

namespace keisei::rl {

enum class Skill {
  mate_in_one,    // play a move that mates
  mate_in_three,  // play a check after which every answer allows a mate
  // Of these three only moves are right that are worth more, by an exchange of two plies (see
  // move_worth.h), than every move that does not do it.
  take_hanging,        // take a piece from silver upwards that nothing protects
  save_rook,           // the rook or dragon is attacked: leave none to be taken
  no_drop_into_check,  // in check from afar: drop nothing in between that is taken for nothing
  // Neither offer a lance or more for nothing, nor allow a mate in one that can be avoided; a move
  // that mates is never absurd. One minus the success is the rate of legal but absurd moves.
  no_absurd_move,
};
inline constexpr Skill kSkills[] = {Skill::mate_in_one,        Skill::mate_in_three,
                                    Skill::take_hanging,       Skill::save_rook,
                                    Skill::no_drop_into_check, Skill::no_absurd_move};
std::string_view skill_name(Skill skill);

/// Which legal moves, in the order of legal_moves(), are right. By the rules alone and exactly,
/// apart from what the exchange on a single square does not see. Empty if the position does not ask
/// for the skill at all.
std::vector<bool> right_moves(Skill skill, const shogi::Position& position);

}  // namespace keisei::rl
