#pragma once

#include <boost/describe/enum.hpp>
#include <string_view>
#include <vector>

#include "base/enum_names.h"
#include "shogi/position.h"

namespace keisei::shogi {

/// What can be true of a move, each by a rule of its own. In brackets: what of MoveFact is told
/// beside `side`, `piece` and `square`. "Loses" and "wins" are static exchanges
/// (insight/exchange.h); a piece counts if it is worth more than a pawn.
BOOST_DEFINE_ENUM_CLASS(
    MoveRule,
    // Mates by checks alone (insight/mate.h). [move: the first of it]
    mate,                  // it ends the game [move: none]
    mate_in_3_found,       // it forces mate [move: none]
    mate_in_1_missed,      // there was one, and this is none
    mate_in_3_missed,      // there was one of three plies, and this forces none
    mate_in_1_threatened,  // no check, and if the opponent passed, there would be one
    mate_in_3_threatened,  //
    mate_in_1_prevented,   // no check; the opponent threatened one, and has none in three plies now
    mate_in_3_prevented,   //
    mate_in_1_allowed,     // the opponent has one now
    mate_in_3_allowed,     //
    // Captures: one of the four. [targets: what is taken; amount: pawns won or lost in the
    // exchange]
    undefended_taken,  // no piece of the opponent bears on the square afterwards
    exchange_won,      //
    exchange_even,     //
    exchange_lost,     //
    // Pieces that stand to be lost. [amount: pawns]
    sacrifice,  // the moved piece can be taken with a gain, but whoever takes it is mated in one
    piece_offered,   // the same without the mate, and the move captures nothing
    piece_saved,     // it stood to be lost where it was, and does not where it went
    piece_defended,  // another stood to be lost, and now that this one guards it, does not
    piece_left,      // another stands to be lost; the costliest
    promotion, promotion_declined,
    // Checks: one of the three.
    check,
    discovered_check,  // [piece, square: of the piece behind]
    double_check,
    blocking_drop,  // between a king in check and the piece that gives it
    // What the moved piece does where it stands and cannot be taken there without loss.
    fork_with_check,  // it gives check and threatens another that counts [targets: the king first]
    fork,    // it threatens two or more that count, and no king [targets: the dearest first]
    pin,     // a piece that counts, to its king [targets: that; piece, square: of the pinner]
    skewer,  // it threatens one that counts, and a lesser one behind it on the line
             // [targets: the front one, the one behind]
    attack,  // it threatens one that counts, and did not before [targets: that]
    king_attacked,  // no check; it bears on the squares around the king, did not before, and is not
                    // the only one [amount: how many do]
    // What is built around kings. [name: of the castle; amount of `of` parts stand]
    castle_completed,
    castle_grows,   // by a part; at least half of what has to be built
    castle_left,    // its own move takes it apart [targets: the piece as it was, where it was]
    castle_broken,  // the capture takes the opponent's apart [targets: what is taken]
    // The first moves. [name: of the opening]
    opening,       // the player has it now
    game_opening,  // both players do
    king_enters,   // the promotion zone [amount of `of` points for a declaration]
    repetition)    // [amount: how often the position has now been there]

/// Something that is true of one move.
struct MoveFact {
  struct Target {
    PieceType piece;
    Square square;

    friend bool operator==(const Target&, const Target&) = default;
  };

  MoveRule rule;
  Color side;                         // who moved; of an opening, whose it is
  PieceType piece = PieceType::none;  // the piece spoken of, as it stands now
  Square square{};                    // where it stands now
  std::vector<Target> targets{};
  int amount = 0;
  int of = 0;
  Move move{};
  std::string_view name{};  // lives as long as the castles and openings that were asked
};

using MoveFacts = std::vector<MoveFact>;

/// Null if the rule does not hold.
inline const MoveFact* find_fact(const MoveFacts& facts, MoveRule rule) {
  for (const MoveFact& fact : facts) {
    if (fact.rule == rule) return &fact;
  }
  return nullptr;
}

}  // namespace keisei::shogi
