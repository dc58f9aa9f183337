#include "shogi/record/usi_game.h"

#include <fmt/format.h>

#include <algorithm>

#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

/// The words of a text, one at a time.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  /// Moves on to the next word.
  void take() {
    at_ = std::min(text_.find_first_not_of(kSpaces, at_ + last_.size()), text_.size());
    const auto end = std::min(text_.find_first_of(kSpaces, at_), text_.size());
    last_ = text_.substr(at_, end - at_);
  }
  /// Empty behind the last word.
  std::string_view last() const { return last_; }
  bool done() const { return last_.empty(); }
  /// Of the word, from 1.
  int line() const {
    const auto before = text_.substr(0, at_);
    return 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
  std::string_view last_;
};

Result<void> read_moves(Words& words, GameRecord& record, Deviations& deviations) {
  Position position = record.start;
  for (words.take(); !words.done(); words.take()) {
    if (words.last() == "resign") {
      record.end = RecordedEnd{Ending::resignation, std::nullopt, {}};
      const int line = words.line();
      words.take();
      if (!words.done()) return fail("words after \"resign\"");
      return deviations.accept(line, "\"resign\" among the moves", "the end of the game");
    }
    const auto move = parse_usi(words.last(), position);
    if (!move) {
      return fail(fmt::format("move {}: {}", record.moves.size() + 1, move.error().message));
    }
    record.moves.push_back({*move, std::nullopt, {}});
    position.do_move(*move);
  }
  return {};
}

}  // namespace

Result<ReadGame> read_usi_game(std::string_view text, Reading reading) {
  Words words(text);
  GameRecord record;
  Deviations deviations(reading);
  words.take();
  if (words.last() == "position") words.take();
  if (words.last() == "sfen") {
    std::string sfen;
    for (words.take(); !words.done() && words.last() != "moves"; words.take()) {
      sfen += (sfen.empty() ? "" : " ") + std::string(words.last());
    }
    const auto start = Position::from_sfen(sfen, TwoPawns::allowed);
    if (!start) return tl::unexpected(start.error());
    if (auto accepted = deviations.accept_start(words.line(), *start); !accepted) {
      return tl::unexpected(accepted.error());
    }
    record.start = *start;
  } else if (words.last() == "startpos") {
    words.take();
  } else {
    return fail("startpos or sfen must come first");
  }
  if (!words.done() && words.last() != "moves") {
    return fail(fmt::format("expected moves, not \"{}\"", words.last().substr(0, 20)));
  }
  if (auto read = read_moves(words, record, deviations); !read) {
    return tl::unexpected(read.error());
  }
  return ReadGame{std::move(record), deviations.take()};
}

std::string write_usi_game(const GameRecord& record) {
  std::string text = record.start == Position::startpos() ? "position startpos"
                                                          : "position sfen " + record.start.sfen();
  if (!record.moves.empty()) text += " moves";
  for (const RecordedMove& played : record.moves) text += " " + to_usi(played.move);
  return text;
}

}  // namespace keisei::shogi
