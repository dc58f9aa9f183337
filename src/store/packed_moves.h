#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keisei::store {

/// A game's moves in USI, two bytes each. What is no USI is kept as it is, so that every list comes
/// back the same.
std::string pack_moves(const std::vector<std::string>& moves);
std::vector<std::string> unpack_moves(std::string_view packed);

}  // namespace keisei::store
