#pragma once

#include <boost/describe/enum.hpp>
#include <optional>

#include "shogi/position.h"

namespace keisei::studio {

/// How far a forecast is on one side, in the whole points of 100 that viewers read: up to 54, 64
/// and 79 for that side, or more. The cuts are ours.
BOOST_DEFINE_ENUM_CLASS(Lean, even, slight, clear, heavy)

/// A fact of the position that speaks for the side that the forecast is on; the first that is true.
BOOST_DEFINE_ENUM_CLASS(VerdictCause,
                        mate,         // it is its turn, and it has a mate in one
                        only_answer,  // the other is in check and has one legal move,
                        few_answers,  // or two or three
                        mate_threat,  // it would mate in one if the other passed, who may not be
                                      // in check
                        no_escape,    // the other's king has no square to step to, and two or more
                                      // pieces attack it or a square beside it
                        piece,        // it has one piece more, and is no more than a pawn behind in
                                      // pawns; all other kinds are even
                        trade,        // the same, but that it has one of a lesser kind less
                        material,     // it is ahead by Verdict::kLead pawns or more
                        king_attack)  // three or more pieces attack the other's king or a square
                                      // beside it, and two or more than do its own

/// What is said of a forecast: on whose side it is, and what in the position speaks for that. No
/// cause: nothing that is looked for, and then nothing is made up.
struct Verdict {
  static constexpr int kEvenUpTo = 54;
  static constexpr int kSlightUpTo = 64;
  static constexpr int kClearUpTo = 79;
  static constexpr int kLead = 4;

  Lean lean = Lean::even;
  shogi::Color side = shogi::Color::black;  // that it is on, unless it is even
  std::optional<VerdictCause> cause{};
  shogi::PieceType piece = shogi::PieceType::none;  // more, of `piece` and `trade`
  shogi::PieceType given = shogi::PieceType::none;  // less, of `trade`
  int count = 0;  // answers, attacking pieces, or pawns that the lead is worth
};

/// `black_score`: Black's expected score, 0 to 1. Precondition: the game goes on.
Verdict verdict_of(const shogi::Position& position, double black_score);

}  // namespace keisei::studio
