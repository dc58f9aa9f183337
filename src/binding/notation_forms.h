#pragma once

#include <string_view>

/// Whether a text looks like a move or a position. Whether the move is legal, or the position can
/// be reached, is not looked at.
namespace keisei::binding {

/// "7g7f", "8h2b+", "P*5e".
bool has_form_of_usi(std::string_view text);
/// Nine ranks of nine squares, who is to move, and something about hands.
bool has_form_of_sfen(std::string_view text);

}  // namespace keisei::binding
