#include "shogi/record/game_record.h"

#include <array>

namespace keisei::shogi {

std::string_view to_string(Ending ending) {
  constexpr std::array<std::string_view, 17> kNames = {
      "resignation",         "timeout",     "checkmate",    "foul",         "foul_of_opponent",
      "declaration",         "default_win", "default_loss", "repetition",   "impasse",
      "draw_by_declaration", "draw",        "max_plies",    "interruption", "no_mate",
      "withdrawal",          "error"};
  return kNames[static_cast<std::size_t>(ending)];
}

Position GameRecord::final_position() const {
  Position position = start;
  for (const RecordedMove& played : moves) position.do_move(played.move);
  return position;
}

void GameRecord::add_comment(std::string_view line) {
  std::string& last = end ? end->comment : moves.empty() ? comment : moves.back().comment;
  if (!last.empty()) last += '\n';
  last += line;
}

std::vector<std::string_view> comment_lines(std::string_view comment) {
  std::vector<std::string_view> lines;
  if (comment.empty()) return lines;
  for (std::size_t end = 0; (end = comment.find('\n')) != std::string_view::npos;) {
    lines.push_back(comment.substr(0, end));
    comment.remove_prefix(end + 1);
  }
  lines.push_back(comment);
  return lines;
}

std::optional<Color> winner(const GameRecord& record) {
  if (!record.end) return std::nullopt;
  const Color mover = record.final_position().side_to_move();
  switch (record.end->ending) {
    case Ending::resignation:
    case Ending::timeout:
    case Ending::checkmate:
    case Ending::foul:
    case Ending::default_loss:
      return ~mover;
    case Ending::foul_of_opponent:
    case Ending::declaration:
    case Ending::default_win:
      return mover;
    default:
      return std::nullopt;
  }
}

std::optional<Ending> ending_of(const GameResult& result, Color mover) {
  switch (result.reason) {
    case EndReason::checkmate:
    case EndReason::stalemate:
      return Ending::checkmate;
    case EndReason::repetition:
      return Ending::repetition;
    case EndReason::perpetual_check:
      return result.winner == mover ? Ending::foul_of_opponent : Ending::foul;
    case EndReason::max_plies:
      return Ending::max_plies;
    case EndReason::declaration:
      return Ending::declaration;
    case EndReason::impasse:
      if (!result.winner) return Ending::impasse;
      return std::nullopt;
    case EndReason::resignation:
      if (result.winner != mover) return Ending::resignation;
      return std::nullopt;
  }
  return std::nullopt;
}

GameRecord record_of(const Game& game) {
  GameRecord record;
  record.start = game.start();
  for (const Move move : game.moves()) record.moves.push_back({move, std::nullopt, {}});
  if (game.result()) {
    if (const auto ending = ending_of(*game.result(), game.position().side_to_move())) {
      record.end = RecordedEnd{*ending, std::nullopt, {}};
    }
  }
  return record;
}

}  // namespace keisei::shogi
