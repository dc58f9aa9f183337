#pragma once

#include "shogi/position.h"

/// The entering-king rules: when kings have reached the enemy camp, games are decided by points.
namespace keisei::shogi {

/// Points of one side: bishops and rooks (promoted or not) 5, kings 0, everything else 1.
/// What the 27-point rule asks of the side to move.
struct DeclarationStatus {
  int points = 0;          // pieces in the promotion zone and in hand
  int points_needed = 28;  // 28 for Black, 27 for White
  int pieces_in_zone = 0;  // without the king; 10 are needed
  bool king_in_zone = false;
  bool in_check = false;

  bool may_declare() const {
    return king_in_zone && !in_check && pieces_in_zone >= 10 && points >= points_needed;
  }
};

DeclarationStatus declaration_status(const Position& position);

/// The same answer as declaration_status(position).may_declare(), cheap enough for every ply.
bool may_declare(const Position& position);

/// All points of a side, on the board and in hand, as counted when both agree to an impasse.
int impasse_points(const Position& position, Color color);

}  // namespace keisei::shogi
