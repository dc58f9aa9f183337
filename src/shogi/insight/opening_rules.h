#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "shogi/position.h"

/// What the definitions of openings are made of. See openings.h for what they mean.
namespace keisei::shogi {

/// A set of definitions, by their place in the file.
using OpeningSet = std::uint64_t;
inline constexpr std::size_t kMostOpenings = 64;

/// What a player has done so far, and which openings are theirs.
struct PlayerHistory {
  std::uint16_t captured = 0;  // bit i: an enemy piece of the (unpromoted) PieceType i
  std::uint16_t moved = 0;     // bit i: an own piece of PieceType i, promoted ones apart
  OpeningSet holds = 0;
};

/// One condition about one player.
struct OpeningCondition {
  enum class Kind : std::uint8_t {
    own_piece,    // such a piece of the player stands on one of the squares
    enemy_piece,  // such a piece of the opponent does
    hand,         // the player holds such a piece
    captured,     // the player has captured one since the start
    moved,        // the player has moved one since the start
    opening,      // the player has that opening
    all,
    any,
    none,
  };

  Kind kind;
  PieceType piece = PieceType::none;
  std::array<Bitboard, 2> squares{};  // by the player's color
  std::size_t opening = 0;
  std::vector<OpeningCondition> parts;  // of all, any and none

  bool met(const Position& position, Color player, const PlayerHistory& history) const;
};

struct Opening {
  enum class Scope : std::uint8_t {
    player,   // each player has it or not
    both,     // of the game: both players meet `when`
    opposed,  // of the game: one meets `when`, the other `against`
  };

  std::string id;
  Scope scope = Scope::player;
  /// Stays once it was met, until another one of its group is met.
  bool lasting = true;
  /// Empty: none. A player has at most one lasting opening of a group, the latest.
  std::string group;
  OpeningCondition when{OpeningCondition::Kind::all};
  OpeningCondition against{OpeningCondition::Kind::all};
};

}  // namespace keisei::shogi
