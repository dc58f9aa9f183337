#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shogi/game.h"

namespace keisei::shogi {

/// How a written game ends. "The mover" is the side to move after the last move.
enum class Ending : std::uint8_t {
  resignation,          // the mover loses
  timeout,              // the mover loses
  checkmate,            // the mover loses, having no legal move
  foul,                 // the mover loses by breaking a rule
  foul_of_opponent,     // the mover wins: the move before, or a perpetual check, broke a rule
  declaration,          // the mover wins under an entering-king rule
  default_win,          // the mover wins: the opponent did not play
  default_loss,         // the mover loses
  repetition,           // draw
  impasse,              // draw by agreement or points
  draw_by_declaration,  // draw under an entering-king rule
  draw,                 // draw, and nothing says by what
  max_plies,            // draw
  interruption,         // no result yet
  no_mate,              // a mate problem without solution
  withdrawal,           // a move was taken back
  error,                // a server's or a program's failure
};

/// As the enumerator is called: "draw_by_declaration".
std::string_view to_string(Ending ending);

using SpentTime = std::optional<std::chrono::milliseconds>;

struct RecordedMove {
  Move move;
  SpentTime time;
  std::string comment;  // UTF-8, lines separated by '\n'

  friend bool operator==(const RecordedMove&, const RecordedMove&) = default;
};

struct RecordedEnd {
  Ending ending = Ending::resignation;
  SpentTime time;
  std::string comment;

  friend bool operator==(const RecordedEnd&, const RecordedEnd&) = default;
};

/// A game as a file keeps it: CSA, KIF and KI2 are read into this and written from it.
///
/// Every move is legal where it stands. The start may have two pawns on a file, as some problems'
/// diagrams have: such a record is there to be read and written, not to play on.
///
/// Of a file with variations only the main line is kept, with the number of variations left out.
struct GameRecord {
  Position start = Position::startpos();
  std::string black;
  std::string white;
  /// Other headings in the order of the file. Those that both formats know have the keys "event",
  /// "site", "start_time", "end_time", "time_limit" and "opening"; others are as the file has them.
  std::vector<std::pair<std::string, std::string>> headings;
  std::string comment;  // before the first move
  std::vector<RecordedMove> moves;
  std::optional<RecordedEnd> end;
  int variations = 0;

  Position final_position() const;

  /// Another line about what came last: the end, a move or the start.
  void add_comment(std::string_view line);

  friend bool operator==(const GameRecord&, const GameRecord&) = default;
};

/// Line by line, as files have it; none if it is empty.
std::vector<std::string_view> comment_lines(std::string_view comment);

/// None for a draw and for endings without a result.
std::optional<Color> winner(const GameRecord& record);

/// How a file states the result of a game whose last position has `mover` to move; none where it
/// has no word for it: a resignation out of turn, or an impasse that one side lost.
std::optional<Ending> ending_of(const GameResult& result, Color mover);

/// The record of a game played here. A stalemate is written as mate, and a loss by perpetual check
/// as a foul. No ending when the game has none that a file could state: a resignation out of turn
/// or an impasse that one side lost.
GameRecord record_of(const Game& game);

}  // namespace keisei::shogi
