#pragma once

#include "shogi/position.h"

namespace keisei::rl {

/// Beyond all material.
inline constexpr int kMateWorth = 1000;

/// What a move is worth to its maker by an exchange of two plies, in pawns: what it wins at once,
/// less what the best answer then wins when the exchange on its square is played out. A move that
/// leaves no answer is worth kMateWorth, one after which the opponent mates at once as much less
/// than nothing. What comes later is not seen. Precondition: the move is legal.
int move_worth(const shogi::Position& position, shogi::Move move);

}  // namespace keisei::rl
