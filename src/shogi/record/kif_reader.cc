#include <fmt/format.h>

#include <algorithm>

#include "shogi/record/japanese_move.h"
#include "shogi/record/kif.h"
#include "shogi/record/kif_board.h"
#include "shogi/record/kif_words.h"
#include "shogi/record/lines.h"
#include "shogi/record/text_encoding.h"

namespace keisei::shogi {
namespace {

constexpr std::string_view kMarks[] = {"▲", "△", "☗", "☖", "▽"};

/// "表題：名人戦", split at its first colon, be it wide or narrow.
struct Heading {
  std::string_view key;
  std::string_view value;
};

std::optional<Heading> split_heading(std::string_view line) {
  constexpr std::string_view kWideColon = "：";
  const auto wide = line.find(kWideColon), narrow = line.find(':');
  const auto at = std::min(wide, narrow);
  if (at == std::string_view::npos) return std::nullopt;
  const auto length = at == wide ? kWideColon.size() : 1;
  return Heading{trimmed(line.substr(0, at)), trimmed(line.substr(at + length))};
}

class KifReader {
 public:
  Result<GameRecord> read(std::string_view text) {
    Lines lines(text);
    while (lines.next()) {
      if (auto read = read_line(lines.line()); !read) {
        return fail(fmt::format("KIF, line {}: {}", lines.number(), read.error().message));
      }
    }
    if (auto started = start(); !started) {
      return fail(fmt::format("KIF, line {}: {}", lines.number(), started.error().message));
    }
    return record_;
  }

 private:
  Result<void> read_line(std::string_view line) {
    TextCursor text(line);
    if (text.done() || text.take("#") || text.take("&")) return {};
    // Before the first move it is a heading.
    if (started_ && (text.take("変化：") || text.take("変化:"))) {
      ++record_.variations;
      return {};
    }
    if (record_.variations > 0) return {};
    if (text.take("*")) {
      record_.add_comment(text.rest());
      return {};
    }
    if (text.take("まで")) return read_until(text);

    TextCursor moves = text;
    moves.skip_spaces();
    if (moves.done()) return {};
    if (TextCursor(moves).take_any(kMarks) >= 0) return read_ki2_moves(moves);
    if (TextCursor(moves).take_number() >= 0) return read_kif_move(moves);
    if (started_) return fail("expected a move, a comment or the end");
    return read_heading(line);
  }

  Result<void> read_heading(std::string_view line) {
    if (line.starts_with('|')) return board_.read_rank(line);
    if (line.starts_with("+-") || line.starts_with("  ９")) return {};
    const auto heading = split_heading(line);
    if (!heading) return read_plain_line(trimmed(line));
    const auto& [key, value] = *heading;
    if (!kif::begins_with_letter(key)) {
      return fail(
          fmt::format("expected a heading, whose name begins with a letter, not '{}'", key));
    }
    for (const auto& [side, color] : kSides) {
      if (!key.starts_with(side)) continue;
      const auto rest = key.substr(side.size());
      if (rest.empty()) {
        (color == Color::black ? record_.black : record_.white) = value;
        return {};
      }
      if (rest == "の持駒") return board_.read_hand(color, value);
    }
    if (key == "手合割") {
      handicap_ = value;
      return {};
    }
    std::string_view known_key = key;
    for (const auto& [known, word] : kif::kHeadings) {
      if (word == key) known_key = known;
    }
    record_.headings.emplace_back(known_key, value);
    return {};
  }

  /// A line without a colon before the first move.
  Result<void> read_plain_line(std::string_view line) {
    if (line.starts_with("手数")) return {};  // the ruler above the moves
    for (const auto& [side, color] : kSides) {
      if (!line.starts_with(side) || line.substr(side.size()) != "番") continue;
      board_.set_side_to_move(color);
      return {};
    }
    return fail("expected a heading, a move or a comment");
  }

  /// The start position is known when the first move, variation or end comes.
  Result<void> start() {
    if (started_) return {};
    started_ = true;
    if (board_.any()) {
      const auto drawn = board_.finish();
      if (!drawn) return tl::unexpected(drawn.error());
      record_.start = *drawn;
    } else if (!handicap_.empty()) {
      const auto known = kif::handicap_position(handicap_);
      if (!known) return fail(fmt::format("the handicap {} needs a drawn board", handicap_));
      record_.start = *known;
    }
    now_ = record_.start;
    return {};
  }

  Result<void> read_kif_move(TextCursor text) {
    if (auto started = start(); !started) return started;
    if (record_.end) return fail("nothing follows the end");
    const int number = text.take_number();
    if (expected_number_ != 0 && number != expected_number_) {
      return fail(fmt::format("move {} after move {}", number, expected_number_ - 1));
    }
    expected_number_ = number + 1;
    if (!text.skip_spaces()) return fail("expected a space after the move's number");
    for (const auto& [ending, word] : kif::kEndings) {
      if (!text.take(word)) continue;
      record_.end = RecordedEnd{ending, std::nullopt, {}};
      return read_time(text, record_.end->time);
    }
    if (auto played = play(text); !played) return played;
    return read_time(text, record_.moves.back().time);
  }

  Result<void> read_ki2_moves(TextCursor text) {
    if (auto started = start(); !started) return started;
    while (!text.done()) {
      if (record_.end) return fail("nothing follows the end");
      if (auto played = play(text); !played) return played;
      text.skip_spaces();
    }
    return {};
  }

  Result<void> play(TextCursor& text) {
    const auto move = take_japanese_move(text, now_, last_to_);
    if (!move)
      return fail(fmt::format("move {}: {}", record_.moves.size() + 1, move.error().message));
    record_.moves.push_back({*move, std::nullopt, {}});
    now_.do_move(*move);
    last_to_ = move->to();
    return {};
  }

  /// "( 0:16/00:00:16)", perhaps with the sign '+' for a variation behind.
  Result<void> read_time(TextCursor text, SpentTime& time) {
    text.skip_spaces();
    if (text.take("(")) {
      text.skip_spaces();
      const int minutes = text.take_number();
      const int seconds = text.take(":") ? text.take_number() : -1;
      const auto close = text.rest().find(')');
      if (minutes < 0 || seconds < 0 || close == std::string_view::npos) {
        return fail("expected a time such as ( 0:16/00:00:16)");
      }
      time = std::chrono::minutes(minutes) + std::chrono::seconds(seconds);
      text = TextCursor(text.rest().substr(close + 1));
      text.skip_spaces();
    }
    text.take("+");
    text.skip_spaces();
    if (!text.done()) return fail("unexpected text after the move");
    return {};
  }

  /// "まで74手で後手の勝ち". KIF has said so already in a line of its own; KI2 only says it here.
  Result<void> read_until(TextCursor text) {
    if (auto started = start(); !started) return started;
    if (record_.end) return {};
    text.take("、");
    if (text.take_number() >= 0) text.take("手で");
    const Color mover = now_.side_to_move();
    const bool on_time = text.take("時間切れにより");
    std::optional<Color> named;
    for (const auto& [word, color] : kSides) {
      if (!named && text.take(word)) named = color;
    }
    if (named) text.take("の");
    std::optional<Ending> ending;
    if (named && (text.take("勝ち") || text.take("勝"))) {
      // Out of turn, only by the other's foul.
      ending = *named == mover ? Ending::foul_of_opponent
               : on_time       ? Ending::timeout
                               : Ending::resignation;
    } else {
      for (const auto& [known, word] : kif::kEndings) {
        if (!ending && text.take(word)) ending = known;
      }
      // Said of the other side, a foul is the mover's gain.
      if (named && *named != mover) {
        if (ending == Ending::foul) {
          ending = Ending::foul_of_opponent;
        } else if (ending == Ending::foul_of_opponent) {
          ending = Ending::foul;
        }
      }
    }
    if (!ending) return fail("an unknown end");
    record_.end = RecordedEnd{*ending, std::nullopt, {}};
    return {};
  }

  static constexpr std::pair<std::string_view, Color> kSides[] = {{"先手", Color::black},
                                                                  {"下手", Color::black},
                                                                  {"後手", Color::white},
                                                                  {"上手", Color::white}};

  GameRecord record_;
  kif::BoardReader board_;
  std::string handicap_;
  Position now_ = Position::empty();
  std::optional<Square> last_to_;
  int expected_number_ = 0;  // 0: any
  bool started_ = false;
};

}  // namespace

Result<GameRecord> read_kif(std::string_view bytes) {
  const auto text = to_utf8(bytes);
  if (!text) return fail("KIF: " + text.error().message);
  return KifReader().read(*text);
}

}  // namespace keisei::shogi
