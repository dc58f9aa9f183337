#pragma once

#include "shogi/insight/material.h"
#include "shogi/insight/move_fact.h"
#include "shogi/insight/tactics.h"
#include "shogi/position.h"

namespace keisei::shogi {

/// A legal move with what its facts are read from, worked out once.
class PlayedMove {
 public:
  PlayedMove(const Position& before, Move move);

  const Position& before() const { return before_; }
  const Position& after() const { return after_; }
  Move move() const { return move_; }
  const MoveTactics& tactics() const { return tactics_; }

  Color us() const { return before_.side_to_move(); }
  Color them() const { return ~us(); }
  /// As it was before.
  PieceType piece() const { return piece_; }
  /// None if nothing was.
  PieceType captured() const { return captured_; }
  bool mates() const { return mates_; }

  /// What a rule says of the piece that stands on the square now.
  MoveFact fact(MoveRule rule, Square square) const;
  /// Of the moved piece.
  MoveFact fact(MoveRule rule) const { return fact(rule, move_.to()); }
  MoveFact::Target target(Square square) const;

 private:
  Position before_;
  Position after_;
  Move move_;
  MoveTactics tactics_;
  PieceType piece_;
  PieceType captured_;
  bool mates_;
};

}  // namespace keisei::shogi
