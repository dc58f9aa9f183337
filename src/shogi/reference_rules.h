#pragma once

#include <set>
#include <string>
#include <string_view>

namespace keisei::shogi::testing {

/// The legal moves of an SFEN position as USI, by a definition of the rules that shares nothing
/// with the generator: a plain 9x9 board of letters, every move tried, kings looked for afterwards.
std::set<std::string> reference_moves(std::string_view sfen);

}  // namespace keisei::shogi::testing
