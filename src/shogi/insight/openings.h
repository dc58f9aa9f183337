#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shogi/game.h"
#include "shogi/insight/opening_rules.h"

namespace keisei::shogi {

/// The openings of a game, by id, in the order of definition; the ids live as long as the Openings
/// that were asked.
struct OpeningReading {
  std::array<std::vector<std::string_view>, 2> player;  // by index(Color)
  std::vector<std::string_view> game;
};

/// The opening families that a commentator knows, as defined in content/openings.json:
//
///   {"plies": 40, "openings": [
///     {"id": "central_rook", "group": "rook", "when": [{"piece": "rook", "on": ["5h"]}]},
///     {"id": "double_static_rook", "lasting": false, "both": [{"opening": "static_rook"}]},
///     {"id": "…", "one": [conditions], "other": [conditions]}]}
//
/// "when" defines an opening of a player, "both" and "one" with "other" one of the game. Every
/// condition of a list must be met in the same position:
///   {"piece": kind, "on": [squares]}   {"enemy": kind, "on": [squares]}   {"hand": kind}
///   {"captured": kind}   {"moved": kind}   {"opening": id of a player's opening defined above}
///   {"all": [conditions]}   {"any": [conditions]}   {"none": [conditions]}
/// Squares are the player's, as Black sees them: "7g", a file "7*", a rank "*g".
//
/// Definitions are looked at in their order, in the start position and after each of the first
/// "plies" plies; what comes later is no opening any more. What was met once stays, unless
/// "lasting" is false or the player meets another opening of the same group.
//
/// Immutable: may be shared by threads.
class Openings {
 public:
  /// `file` is only named in errors, which also name the opening and the cause.
  static Result<Openings> parse(std::string_view json, std::string_view file = "openings.json");
  static Result<Openings> load(const std::filesystem::path& file);

  std::span<const Opening> all() const { return openings_; }
  int plies() const { return plies_; }

  /// From the moves of the game, played so far or to its end.
  OpeningReading read(const Game& game) const;

 private:
  Openings(int plies, std::vector<Opening> openings)
      : plies_(plies), openings_(std::move(openings)) {}

  int plies_;
  std::vector<Opening> openings_;
};

/// Follows a game move by move. play() does not allocate and costs about a microsecond.
class OpeningTracker {
 public:
  /// `openings` must outlive the tracker.
  OpeningTracker(const Openings& openings, const Position& start);

  /// Precondition: the move is legal.
  void play(Move move);
  OpeningReading reading() const;

 private:
  void look();
  void look_at_player(std::size_t opening, Color player);
  bool game_meets(const Opening& opening) const;
  void remember(Move move);

  const Openings* openings_;
  Position position_;
  int plies_ = 0;
  std::array<PlayerHistory, 2> players_{};
  OpeningSet game_holds_ = 0;
};

}  // namespace keisei::shogi
