#include "shogi/record/usi_game.h"

#include <fmt/format.h>

#include <algorithm>

#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::string_view take_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpaces), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(kSpaces));
  text.remove_prefix(word.size());
  return word;
}

}  // namespace

Result<GameRecord> read_usi_game(std::string_view text) {
  GameRecord record;
  std::string_view word = take_word(text);
  if (word == "position") word = take_word(text);
  if (word == "sfen") {
    std::string sfen;
    for (word = take_word(text); !word.empty() && word != "moves"; word = take_word(text)) {
      sfen += (sfen.empty() ? "" : " ") + std::string(word);
    }
    const auto start = Position::from_sfen(sfen);
    if (!start) return tl::unexpected(start.error());
    record.start = *start;
  } else if (word == "startpos") {
    word = take_word(text);
  } else {
    return fail("startpos or sfen must come first");
  }
  if (word.empty()) return record;
  if (word != "moves") return fail(fmt::format("expected moves, not \"{}\"", word.substr(0, 20)));

  Position position = record.start;
  for (word = take_word(text); !word.empty(); word = take_word(text)) {
    const auto move = parse_usi(word, position);
    if (!move) {
      return fail(fmt::format("move {}: {}", record.moves.size() + 1, move.error().message));
    }
    record.moves.push_back({*move, std::nullopt, {}});
    position.do_move(*move);
  }
  return record;
}

std::string write_usi_game(const GameRecord& record) {
  std::string text = record.start == Position::startpos() ? "position startpos"
                                                          : "position sfen " + record.start.sfen();
  if (!record.moves.empty()) text += " moves";
  for (const RecordedMove& played : record.moves) text += " " + to_usi(played.move);
  return text;
}

}  // namespace keisei::shogi
