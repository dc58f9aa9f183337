#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "shogi/position.h"

/// Moves and squares as the Universal Shogi Interface writes them: "7g7f", "8h2b+", "P*5e".
namespace keisei::shogi {

std::string to_usi(Square square);
/// "none" for no move.
std::string to_usi(Move move);

/// A move of the right form, legal somewhere or not, or an error that names the character.
Result<Move> read_usi(std::string_view text);

/// A legal move of the position, or an error that says what is wrong: the character that cannot be
/// read, or the rule that the move breaks.
Result<Move> parse_usi(std::string_view text, const Position& position);

/// Reads "7g" (file 1-9, rank a-i).
Result<Square> parse_square(std::string_view text);

/// The piece letters of SFEN and USI: "P", "+R"; lower case for White. Type `none` gives "".
std::string to_sfen(Piece piece);

}  // namespace keisei::shogi
