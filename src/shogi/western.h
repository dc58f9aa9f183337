#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "shogi/position.h"

/// Western notation, by Hodges: a piece letter, '-' for a move, 'x' for a capture or '*' for a
/// drop, the destination, '+' for a promotion or '=' for one declined.
namespace keisei::shogi {

/// A legal move with ranks as letters: "P-7f", "Bx2b+", "N*5e", "S-7g=", and with the origin where
/// several pieces of the kind could make the move: "G4i-5h".
std::string to_western(const Position& position, Move move);

/// The legal move that the text names. People type it, so ranks may be letters or numbers, letters
/// of either case, and '-' or 'x' may be missing; what is there must be right. Text that fits
/// several legal moves is refused with the candidates, any other with the character or the rule at
/// fault.
Result<Move> parse_western(std::string_view text, const Position& position);

}  // namespace keisei::shogi
