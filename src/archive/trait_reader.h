#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "protocol/telemetry.h"
#include "shogi/insight/castles.h"
#include "shogi/insight/openings.h"
#include "store/game_traits.h"

namespace keisei::archive {

/// What a game can be searched by. By index(Color).
struct Traits {
  std::vector<std::string> openings;  // of both
  std::array<std::vector<std::string>, 2> openings_of;
  std::array<std::optional<std::string>, 2> castle_of;

  friend bool operator==(const Traits&, const Traits&) = default;
};

/// As the store keeps them, and back.
store::GameTraits words_of(const Traits& traits);
Traits traits_in(const store::GameTraits& words);

/// Finds in a game's moves which openings were played and which castles stood. Immutable: may be
/// shared by threads.
class TraitReader {
 public:
  /// A castle of fewer pieces is none worth naming; the sitting king is not.
  static constexpr std::size_t kCastleParts = 3;

  TraitReader(shogi::Castles castles, shogi::Openings openings)
      : castles_(std::move(castles)), openings_(std::move(openings)) {}
  /// From the definitions in content/.
  static Result<TraitReader> load(const std::filesystem::path& content);

  /// Of a player, the castle of most pieces that they completed, of equal ones the last. A
  /// millisecond or so; what comes after a move that the rules do not allow is not looked at.
  Traits read(const protocol::GameFinished& game) const;

  bool knows_castle(std::string_view id) const;
  bool knows_opening(std::string_view id) const;

 private:
  shogi::Castles castles_;
  shogi::Openings openings_;
};

}  // namespace keisei::archive
