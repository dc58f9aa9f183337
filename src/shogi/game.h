#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "shogi/declaration.h"
#include "shogi/position.h"

namespace keisei::shogi {

/// Why a game ended.
enum class EndReason : std::uint8_t {
  checkmate,        // the loser to move is in check and has no legal move
  stalemate,        // the loser to move has no legal move, and no check: a loss all the same
  repetition,       // fourth occurrence of a position: draw
  perpetual_check,  // fourth occurrence, and one side gave check with each of its moves: it loses
  max_plies,        // draw by the limit in Rules
  declaration,      // the winner declared an entering king under the 27-point rule
  impasse,          // both agreed to count points (24 each): a draw, or a loss for who has fewer
  resignation,
};

/// snake_case, as in logs and messages: "perpetual_check".
std::string_view to_string(EndReason reason);

struct GameResult {
  std::optional<Color> winner;  // none: draw
  EndReason reason;

  friend bool operator==(const GameResult&, const GameResult&) = default;
};

struct Rules {
  /// Drawn when this many moves have been played from the start position and nothing else ended the
  /// game with the last of them.
  int max_plies = 512;

  /// true: the game ends by itself as soon as the side to move may declare an entering king (what
  /// engines and self-play want). false: it goes on until declare() is called.
  bool automatic_declaration = true;
};

/// A game: the start position, the moves, and the result as soon as there is one.
//
/// Repetition is exact and looks back over the whole game. A counting filter on the position key
/// says at almost no cost that a position is new; only what passes it is compared. Superior and
/// inferior repetition is no rule of the game, only of search, and is left out.
//
/// When several ends fall on the same move, mate comes before repetition, repetition before
/// max_plies, and all of them before a declaration, which would be part of the next move.
//
/// Not thread-safe. The history is reserved at construction, so playing up to max_plies does not
/// allocate.
class Game {
 public:
  explicit Game(const Position& start = Position::startpos(), const Rules& rules = {});

  const Position& start() const { return start_; }
  const Position& position() const { return position_; }
  const Rules& rules() const { return rules_; }
  std::span<const Move> moves() const { return moves_; }
  /// Moves played in this game, whatever ply the start position says.
  int ply() const { return static_cast<int>(moves_.size()); }

  /// The legal moves of the current position, generated once per move played; empty after mate.
  const MoveList& legal_moves() const { return legal_moves_; }

  /// Preconditions: no result yet; the move is among legal_moves().
  void play(Move move);
  /// Precondition: no result yet.
  void resign(Color loser);
  /// Ends the game in favour of the side to move if it may declare; otherwise nothing happens and
  /// the answer is false. (That a wrong declaration loses is for the tournament to decide.)
  bool declare();
  /// Both players agree that neither king can be mated and count points over board and hands. Who
  /// has fewer than 24 loses; otherwise a draw.
  void agree_to_impasse();

  /// None while the game goes on.
  const std::optional<GameResult>& result() const { return result_; }
  bool is_over() const { return result_.has_value(); }

  /// How often the current position has occurred so far: 1 when it is new.
  int repetitions() const;

 private:
  static constexpr std::size_t kFilterSize = 1024;

  void enter_position();
  std::optional<GameResult> judge() const;
  std::optional<GameResult> judge_repetition() const;

  Rules rules_;
  Position start_;
  Position position_;
  std::vector<Move> moves_;
  std::vector<std::uint64_t> keys_;  // of every position so far, the start included
  std::array<std::uint16_t, kFilterSize> filter_{};
  std::optional<GameResult> result_;
  MoveList legal_moves_;
};

}  // namespace keisei::shogi
