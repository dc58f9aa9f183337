#include <fmt/format.h>

#include <algorithm>

#include "shogi/japanese.h"
#include "shogi/record/kif.h"
#include "shogi/record/kif_board.h"
#include "shogi/record/kif_words.h"

namespace keisei::shogi {
namespace {

using std::chrono::milliseconds;

/// Line breaks in a name or heading would begin a line of the file.
std::string one_line(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

void write_comment(std::string& text, std::string_view comment) {
  if (comment.empty()) return;
  if (!text.ends_with('\n')) text += '\n';
  for (const auto line : comment_lines(comment)) text += fmt::format("*{}\n", line);
}

/// Whether a heading of this name would be taken for another kind of line.
bool misleads(std::string_view name) {
  constexpr std::string_view kOtherLines[] = {"▲", "△", "☗", "☖", "▽", "▼", "まで"};
  constexpr std::string_view kTaken[] = {
      "手合割",       "先手",         "後手",        "上手",       "下手",
      "先手の持駒",   "後手の持駒",   "上手の持駒",  "下手の持駒", "先手の持ち駒",
      "後手の持ち駒", "上手の持ち駒", "下手の持ち駒"};
  return !kif::begins_with_letter(name) || name.find(':') != name.npos ||
         name.find("：") != name.npos ||
         std::find(std::begin(kTaken), std::end(kTaken), name) != std::end(kTaken) ||
         std::any_of(std::begin(kOtherLines), std::end(kOtherLines),
                     [&](std::string_view other) { return name.starts_with(other); });
}

void write_headings(std::string& text, const GameRecord& record) {
  for (const auto& [key, value] : record.headings) {
    std::string name = one_line(key);
    for (const auto& [known, word] : kif::kHeadings) {
      if (known == key) name = word;
    }
    if (!misleads(trimmed(name))) {
      text += fmt::format("{}：{}\n", trimmed(name), one_line(value));
    }
  }
  if (const auto handicap = kif::handicap_name(record.start)) {
    text += fmt::format("手合割：{}\n", *handicap);
  } else {
    text += kif::draw_board(record.start);
  }
  text += fmt::format("先手：{}\n後手：{}\n", one_line(record.black), one_line(record.white));
}

std::string time_text(const SpentTime& time, milliseconds& total) {
  if (!time) return "";
  total += *time;
  const auto spent = std::chrono::floor<std::chrono::seconds>(*time).count();
  const auto sum = std::chrono::floor<std::chrono::seconds>(total).count();
  return fmt::format("   ({:2}:{:02}/{:02}:{:02}:{:02})", spent / 60, spent % 60, sum / 3600,
                     sum / 60 % 60, sum % 60);
}

/// The last line of KI2, from which its readers take the result.
std::string until(const GameRecord& record) {
  const Color mover = record.final_position().side_to_move();
  const std::string_view own = mover == Color::black ? "先手" : "後手";
  const std::string_view other = mover == Color::black ? "後手" : "先手";
  std::string result(kif::ending_word(record.end->ending));
  switch (record.end->ending) {
    case Ending::resignation:
      result = fmt::format("{}の勝ち", other);
      break;
    case Ending::timeout:
      result = fmt::format("時間切れにより{}の勝ち", other);
      break;
    case Ending::foul:
    case Ending::foul_of_opponent:
    case Ending::declaration:
      result = fmt::format("{}の{}", own, result);
      break;
    default:
      break;
  }
  return fmt::format("まで{}手で{}\n", record.moves.size(), result);
}

}  // namespace

std::string to_kif(const Position& position, Move move, std::optional<Square> last_to) {
  std::string text;
  if (last_to == move.to()) {
    text = "同　";
  } else {
    text = kif::kWideDigits[static_cast<std::size_t>(move.to().file())];
    text += kif::kKanjiDigits[static_cast<std::size_t>(move.to().rank())];
  }
  if (move.is_drop()) return text + std::string(japanese_name(move.drop_type())) + "打";
  text += japanese_name(type_of(position.piece_on(move.from())));
  if (move.is_promotion()) text += "成";
  return text + fmt::format("({}{})", move.from().file() + 1, move.from().rank() + 1);
}

std::string write_kif(const GameRecord& record) {
  std::string text = "#KIF version=2.0 encoding=UTF-8\n";
  write_headings(text, record);
  text += "手数----指手---------消費時間--\n";
  write_comment(text, record.comment);
  Position position = record.start;
  std::optional<Square> last_to;
  std::array<milliseconds, 2> totals{};
  int number = 0;
  for (const RecordedMove& played : record.moves) {
    text += fmt::format("{:4} {}{}\n", ++number, to_kif(position, played.move, last_to),
                        time_text(played.time, totals[index(position.side_to_move())]));
    write_comment(text, played.comment);
    position.do_move(played.move);
    last_to = played.move.to();
  }
  if (record.end) {
    text += fmt::format("{:4} {}{}\n", ++number, kif::ending_word(record.end->ending),
                        time_text(record.end->time, totals[index(position.side_to_move())]));
    write_comment(text, record.end->comment);
  }
  return text;
}

std::string write_ki2(const GameRecord& record) {
  constexpr int kMovesPerLine = 6;
  std::string text;
  write_headings(text, record);
  write_comment(text, record.comment);
  text += '\n';
  Position position = record.start;
  std::optional<Square> last_to;
  int on_line = 0;
  for (const RecordedMove& played : record.moves) {
    if (text.ends_with('\n')) {
      on_line = 0;
    } else {
      text += "    ";
    }
    text += to_japanese(position, played.move, last_to);
    if (++on_line == kMovesPerLine) text += '\n';
    write_comment(text, played.comment);
    position.do_move(played.move);
    last_to = played.move.to();
  }
  if (!text.ends_with('\n')) text += '\n';
  if (record.end) {
    text += until(record);
    write_comment(text, record.end->comment);
  }
  return text;
}

}  // namespace keisei::shogi
