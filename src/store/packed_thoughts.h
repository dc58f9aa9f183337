#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/entries.h"

namespace keisei::store {

/// What the network thought before a move, as far as it is kept: numbers as 32-bit floats, which
/// is what networks give.
struct Thought {
  std::int64_t update = 0;
  protocol::Number probability{};
  protocol::Number value{};
  protocol::Number entropy{};
  std::optional<int> rank{};
  int legal_moves = 0;

  bool operator==(const Thought&) const = default;
};
Thought thought_of(const KeptMove& move);
/// The move that was thought of so.
KeptMove move_of(const Thought& thought, const std::string& run_id, const std::string& game_id,
                 int ply, std::string usi);

std::string pack_thought(const Thought& thought);
Thought unpack_thought(std::string_view packed);

/// By ply; none where nothing was told.
using Thoughts = std::vector<std::optional<Thought>>;
std::string pack_thoughts(const Thoughts& thoughts);
Thoughts unpack_thoughts(std::string_view packed, std::size_t plies);

}  // namespace keisei::store
