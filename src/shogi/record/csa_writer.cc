#include <fmt/format.h>

#include <algorithm>

#include "shogi/record/csa.h"
#include "shogi/record/csa_words.h"

namespace keisei::shogi {
namespace {

std::string square_digits(Square square) {
  return {static_cast<char>('1' + square.file()), static_cast<char>('1' + square.rank())};
}

char sign(Color color) { return color == Color::black ? '+' : '-'; }

/// Line breaks in a name or heading would begin a line of the file.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

void write_comment(std::string& text, std::string_view comment) {
  for (const auto line : comment_lines(comment)) text += fmt::format("'*{}\n", line);
}

void write_time(std::string& text, const SpentTime& time) {
  if (!time) return;
  const auto ms = time->count();
  text += ms % 1000 == 0 ? fmt::format("T{}\n", ms / 1000)
                         : fmt::format("T{}.{:03}\n", ms / 1000, ms % 1000);
}

void write_position(std::string& text, const Position& position) {
  for (int rank = 0; rank < 9; ++rank) {
    text += fmt::format("P{}", rank + 1);
    for (int file = 8; file >= 0; --file) {
      const Piece piece = position.piece_on(Square(file, rank));
      text += piece == Piece::none ? " * "
                                   : fmt::format("{}{}", sign(color_of(piece)),
                                                 csa::kPieceNames[index(type_of(piece))]);
    }
    text += '\n';
  }
  for (const Color color : {Color::black, Color::white}) {
    if (position.hand_is_empty(color)) continue;
    text += fmt::format("P{}", sign(color));
    for (const PieceType type : kHandTypes) {
      for (int i = 0; i < position.hand_count(color, type); ++i) {
        text += fmt::format("00{}", csa::kPieceNames[index(type)]);
      }
    }
    text += '\n';
  }
  text += fmt::format("{}\n", sign(position.side_to_move()));
}

bool is_version_3_heading(std::string_view key) {
  return std::find(csa::kVersion3Headings.begin(), csa::kVersion3Headings.end(), key) !=
         csa::kVersion3Headings.end();
}

/// Whether 2.2 lacks what the record says: it knows whole seconds alone and no greatest length.
bool needs_version_3(const GameRecord& record) {
  const auto is_fraction = [](const SpentTime& time) { return time && time->count() % 1000 != 0; };
  if (record.end && (record.end->ending == Ending::max_plies || is_fraction(record.end->time))) {
    return true;
  }
  return std::any_of(record.moves.begin(), record.moves.end(),
                     [&](const RecordedMove& played) { return is_fraction(played.time); }) ||
         std::any_of(record.headings.begin(), record.headings.end(),
                     [](const auto& heading) { return is_version_3_heading(heading.first); });
}

void write_headings(std::string& text, const GameRecord& record) {
  if (!record.black.empty()) text += fmt::format("N+{}\n", one_line(record.black));
  if (!record.white.empty()) text += fmt::format("N-{}\n", one_line(record.white));
  for (const auto& [key, value] : record.headings) {
    for (const auto& [known, name] : csa::kHeadings) {
      if (known == key) text += fmt::format("${}:{}\n", name, one_line(value));
    }
    if (is_version_3_heading(key)) text += fmt::format("${}:{}\n", key, one_line(value));
  }
}

bool starts_even(const GameRecord& record) { return record.start.same_as(Position::startpos()); }

}  // namespace

std::string to_csa(const Position& position, Move move) {
  const char side = sign(position.side_to_move());
  if (move.is_drop()) {
    return fmt::format("{}00{}{}", side, square_digits(move.to()),
                       csa::kPieceNames[index(move.drop_type())]);
  }
  PieceType type = type_of(position.piece_on(move.from()));
  if (move.is_promotion()) type = promoted(type);
  return fmt::format("{}{}{}{}", side, square_digits(move.from()), square_digits(move.to()),
                     csa::kPieceNames[index(type)]);
}

std::string write_csa(const GameRecord& record) {
  std::string text = needs_version_3(record) ? "'CSA encoding=UTF-8\nV3.0\n" : "V2.2\n";
  write_headings(text, record);
  if (starts_even(record)) {
    text += fmt::format("PI\n{}\n", sign(record.start.side_to_move()));
  } else {
    write_position(text, record.start);
  }
  write_comment(text, record.comment);

  Position position = record.start;
  for (const RecordedMove& played : record.moves) {
    text += to_csa(position, played.move) + '\n';
    write_time(text, played.time);
    write_comment(text, played.comment);
    position.do_move(played.move);
  }
  if (record.end) {
    text += fmt::format("%{}\n", csa::ending_word(record.end->ending, position.side_to_move()));
    write_time(text, record.end->time);
    write_comment(text, record.end->comment);
  }
  return text;
}

}  // namespace keisei::shogi
