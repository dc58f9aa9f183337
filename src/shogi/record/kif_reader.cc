#include <fmt/format.h>

#include <algorithm>

#include "shogi/record/japanese_move.h"
#include "shogi/record/kif.h"
#include "shogi/record/kif_end.h"
#include "shogi/record/kif_header.h"
#include "shogi/record/kif_words.h"
#include "shogi/record/lines.h"

namespace keisei::shogi {
namespace {

/// "   1 " in front of a move. A title may begin with a number too.
bool begins_numbered(TextCursor text) {
  return text.take_number() >= 0 && (text.done() || text.skip_spaces());
}

/// Whether a move was meant, right or wrong.
bool begins_move(TextCursor text) {
  text.take_any(kif::kMarks);
  return text.take("同") || kif::take_square(text).has_value();
}

/// In the place of a move, up to its time or comment.
std::string_view take_word(TextCursor& text) {
  constexpr std::string_view kWideSpace = "　";
  const std::string_view rest = text.rest();
  const auto end = std::min({rest.find_first_of(" \t(*+"), rest.find(kWideSpace), rest.size()});
  const std::string_view word = rest.substr(0, end);
  text.take(word);
  return word;
}

class KifReader {
 public:
  explicit KifReader(Reading reading) : deviations_(reading), header_(record_, deviations_) {}

  Result<ReadGame> read(std::string_view bytes) {
    const auto text = read_text(bytes, deviations_);
    if (!text) return fail("KIF: " + text.error().message);
    Lines lines(*text);
    while (lines.next()) {
      line_ = lines.number();
      if (auto read = read_line(lines.line()); !read) return refused(read.error());
    }
    if (auto finished = finish(); !finished) return refused(finished.error());
    return ReadGame{std::move(record_), deviations_.take()};
  }

 private:
  tl::unexpected<Error> refused(const Error& error) const {
    return fail(fmt::format("KIF, line {}: {}", line_, error.message));
  }

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
      add_comment(record_, foul_, text.rest());
      return {};
    }
    if (text.take("まで")) return read_until(text.rest());

    text.skip_spaces();
    if (text.done()) return {};
    if (TextCursor(text).take_any(kif::kMarks) >= 0) return read_ki2_moves(text);
    if (begins_numbered(text)) return read_numbered(text);
    if (record_.end) return leave_out_after_the_end(line);
    if (started_) return fail("expected a move, a comment or the end");
    return header_.read(line_, line);
  }

  Result<void> finish() {
    if (foul_) return refuse_foul();
    if (auto started = start(); !started) return started;
    const bool empty = !header_.any() && record_.moves.empty() && !record_.end;
    if (!empty || header_.first_left_out() == 0) return {};
    line_ = header_.first_left_out();
    return fail("expected a heading, a move or a comment");
  }

  Result<void> start() {
    if (started_) return {};
    started_ = true;
    if (auto finished = header_.finish(line_); !finished) return finished;
    now_ = record_.start;
    return {};
  }

  Result<void> read_numbered(TextCursor text) {
    if (auto started = start(); !started) return started;
    const int number = text.take_number();
    text.skip_spaces();
    const bool is_move = begins_move(text);
    if (record_.end) {
      if (is_move && ended_by_unknown_word_) {
        return fail("a move after the unknown word " + quoted(record_.end->comment));
      }
      return leave_out_after_the_end(text.rest());
    }
    if (expected_number_ != 0 && number != expected_number_) {
      return fail(fmt::format("move {} after move {}", number, expected_number_ - 1));
    }
    expected_number_ = number + 1;
    if (is_move) {
      if (auto played = play(text); !played) return played;
      return read_remarks(text, foul_ ? foul_->time : record_.moves.back().time);
    }
    const std::string_view word = take_word(text);
    if (word.empty()) return fail("expected a move or an end");
    const auto stated = kif::read_end_word(word);
    const bool names_foul = word.starts_with("反則");
    if (auto ended = end_with(stated, names_foul); !ended) return ended;
    SpentTime beside_foul = record_.end->time;  // which has a time of its own
    return read_remarks(text, beside_foul ? beside_foul : record_.end->time);
  }

  Result<void> read_ki2_moves(TextCursor text) {
    if (auto started = start(); !started) return started;
    while (!text.done()) {
      if (record_.end) return leave_out_after_the_end(text.rest());
      if (auto read = read_ki2_move(text); !read) return read;
      text.skip_spaces();
      if (text.rest().starts_with('*')) return read_comment_beside(text);
    }
    return {};
  }

  Result<void> read_ki2_move(TextCursor& text) {
    TextCursor ahead = text;
    const int mark = ahead.take_any(kif::kMarks);
    if (mark < 0 || begins_move(ahead)) return play(text);
    const std::string_view word = take_word(ahead);
    const auto stated = kif::read_end_word(word);
    if (!stated.cause.empty()) return play(text);  // which says what is wrong
    const auto side = kif::kMarkedSides[static_cast<std::size_t>(mark)];
    if (side && *side != now_.side_to_move()) {
      return fail("an end of the side that is not to move");
    }
    text = ahead;
    return end_with(stated, word.starts_with("反則"));
  }

  Result<void> play(TextCursor& text) {
    if (foul_) return refuse_foul();
    if (text.take("▼")) {
      auto accepted = deviations_.accept(line_, "the mark ▼, which is used for either side",
                                         "the side to move");
      if (!accepted) return accepted;
    }
    const std::string_view before = text.rest();
    const auto named = take_named_move(text, now_.side_to_move(), last_to_);
    if (!named) {
      return fail(fmt::format("move {}: {}", record_.moves.size() + 1, named.error().message));
    }
    const auto move = find_move(now_, *named);
    if (!move) {
      const auto length = before.size() - text.rest().size();
      foul_ = Foul{
          line_, std::string(before.substr(0, length)), move.error().message, std::nullopt, {}};
      return {};
    }
    record_.moves.push_back({*move, std::nullopt, {}});
    now_.do_move(*move);
    last_to_ = move->to();
    return {};
  }

  /// The file does not say that the game ended by it.
  tl::unexpected<Error> refuse_foul() {
    line_ = foul_->line;
    return fail(fmt::format("move {}: {}", record_.moves.size() + 1, foul_->rule));
  }

  /// What may stand behind a move or an end: "( 0:16/00:00:16)", the sign '+' for a variation
  /// behind, a comment.
  Result<void> read_remarks(TextCursor text, SpentTime& time) {
    text.skip_spaces();
    if (text.take("(")) {
      if (auto read = read_time(text, time); !read) return read;
    }
    text.skip_spaces();
    text.take("+");
    text.skip_spaces();
    if (text.rest().starts_with('*')) return read_comment_beside(text);
    if (!text.done()) return fail("unexpected text after the move");
    return {};
  }

  Result<void> read_time(TextCursor& text, SpentTime& time) {
    text.skip_spaces();
    const int first = text.take_number();
    const int second = text.take(":") ? text.take_number() : -1;
    const int third = second >= 0 && text.take(":") ? text.take_number() : -1;
    const auto close = text.rest().find(')');
    if (first < 0 || second < 0 || close == std::string_view::npos) {
      return fail("expected a time such as ( 0:16/00:00:16)");
    }
    const bool minutes_alone = third < 0;
    const char next = text.rest().front();
    if (!minutes_alone || (next != '/' && next != ' ' && next != ')')) {
      auto accepted = deviations_.accept(
          line_, "a time that is not minutes and seconds",
          minutes_alone ? "its minutes and seconds" : "hours, minutes and seconds");
      if (!accepted) return accepted;
    }
    const std::chrono::seconds spent =
        minutes_alone ? std::chrono::minutes(first) + std::chrono::seconds(second)
                      : std::chrono::hours(first) + std::chrono::minutes(second) +
                            std::chrono::seconds(third);
    constexpr std::chrono::minutes kMost(999'999);  // in the digits of minutes alone
    if (spent > kMost) return fail("a time of more than 999999 minutes");
    time = spent;
    text = TextCursor(text.rest().substr(close + 1));
    return {};
  }

  Result<void> read_comment_beside(TextCursor text) {
    auto accepted =
        deviations_.accept(line_, "a comment on the line of a move", "as on a line of its own");
    if (!accepted) return accepted;
    text.take("*");
    add_comment(record_, foul_, text.rest());
    return {};
  }

  /// "まで74手で後手の勝ち". KIF has said so already in a line of its own; KI2 only says it here.
  Result<void> read_until(std::string_view text) {
    if (auto started = start(); !started) return started;
    if (record_.end) return {};
    const auto stated = kif::read_until(text, now_.side_to_move());
    // Who made an illegal move is still to move.
    return end_with(stated, stated.ending == Ending::foul || stated.ending == Ending::resignation);
  }

  Result<void> end_with(const kif::StatedEnd& stated, bool fits_foul) {
    if (foul_) {
      if (!fits_foul) return refuse_foul();
      auto ended = end_by_foul(record_, foul_, deviations_);
      if (!ended) line_ = foul_->line;
      return ended;
    }
    if (!stated.cause.empty()) {
      auto accepted = deviations_.accept(line_, stated.cause, stated.assumed);
      if (!accepted) return accepted;
      ended_by_unknown_word_ = stated.ending == Ending::interruption;
    }
    record_.end = RecordedEnd{stated.ending, std::nullopt, stated.comment};
    return {};
  }

  Result<void> leave_out_after_the_end(std::string_view text) {
    return deviations_.accept(line_, "after the end, " + quoted(text), "left out");
  }

  Deviations deviations_;
  GameRecord record_;
  kif::Header header_;
  Position now_ = Position::empty();
  std::optional<Square> last_to_;
  std::optional<Foul> foul_;
  int line_ = 0;
  int expected_number_ = 0;  // 0: any
  bool started_ = false;
  bool ended_by_unknown_word_ = false;
};

}  // namespace

Result<ReadGame> read_kif(std::string_view bytes, Reading reading) {
  return KifReader(reading).read(bytes);
}

}  // namespace keisei::shogi
