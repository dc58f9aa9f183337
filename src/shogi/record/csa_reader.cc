#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "shogi/legality.h"
#include "shogi/record/csa.h"
#include "shogi/record/csa_position.h"
#include "shogi/record/csa_words.h"
#include "shogi/record/lines.h"
#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// Where the first of several statements on a line ends: at a comma. A comment may hold commas; it
/// goes on to one that another statement follows.
std::size_t statement_end(std::string_view line) {
  if (!line.starts_with('\'')) return line.find(',');
  for (auto comma = line.find(','); comma != std::string_view::npos;
       comma = line.find(',', comma + 1)) {
    const std::string_view next = line.substr(comma + 1, 2);
    const bool numbered = next.size() == 2 && next[1] >= '0' && next[1] <= '9';
    if (next.starts_with('%') || next.starts_with('\'')) return comma;
    if (numbered && (next[0] == '+' || next[0] == '-' || next[0] == 'T')) return comma;
  }
  return std::string_view::npos;
}

std::optional<long> read_number(std::string_view digits) {
  constexpr std::size_t kMostDigits = 9;
  long number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || digits.size() > kMostDigits ||
      number < 0) {
    return std::nullopt;
  }
  return number;
}

enum class Version { unknown, two, three };

/// One game of a file.
class CsaGame {
 public:
  CsaGame(Deviations& deviations, Version version)
      : deviations_(deviations), version_(version), position_(deviations) {}

  Result<void> read_line(int number, std::string_view line) {
    line_ = number;
    if (line.starts_with("'*")) {
      add_comment(record_, foul_, line.substr(2));
      return {};
    }
    if (line.starts_with('\'') || without_blanks(line).empty()) return {};
    any_ = true;
    if (line[0] == '$') return read_heading(line.substr(1));
    if (!started_ && line[0] == 'N') return read_name(line);
    line = without_blanks(line);
    if (!started_ && line.starts_with('V')) return read_version(line);
    // Everything else may share a line, separated by commas.
    while (!line.empty()) {
      const auto end = statement_end(line);
      auto read = read_statement(without_blanks(line.substr(0, end)));
      if (!read || end == std::string_view::npos) return read;
      line.remove_prefix(end + 1);
    }
    return {};
  }

  /// Whether anything was read but comments.
  bool any() const { return any_; }
  Version version() const { return version_; }
  /// Where the last line or error is.
  int line() const { return line_; }

  Result<GameRecord> finish() {
    if (!started_) return fail("no line '+' or '-' with the side to move");
    if (foul_) return refuse_foul();
    return std::move(record_);
  }

 private:
  Result<void> read_statement(std::string_view statement) {
    if (statement.empty()) return deviations_.accept(line_, "an empty statement", "nothing");
    if (statement[0] == '\'') {
      if (statement.starts_with("'*")) add_comment(record_, foul_, statement.substr(2));
      return {};
    }
    if (!started_) {
      if (statement[0] == 'P') return position_.read(line_, statement);
      if (statement == "+" || statement == "-") return start(statement[0]);
      return fail("expected a heading, a position or the side to move");
    }
    if (left_out_) return {};
    if (statement[0] == 'T') return read_time(statement.substr(1));
    if (record_.end) {
      left_out_ = true;
      return deviations_.accept(line_, "more than times and comments after the end", "left out");
    }
    if (statement[0] == '%') return read_end(statement.substr(1));
    if (statement[0] == '+' || statement[0] == '-') return read_move(statement);
    return fail("expected a move, a time or an end");
  }

  Result<void> read_version(std::string_view line) {
    constexpr std::string_view kSecond[] = {"V2", "V2.1", "V2.2"};
    if (std::find(std::begin(kSecond), std::end(kSecond), line) != std::end(kSecond)) {
      version_ = Version::two;
      return {};
    }
    version_ = line.starts_with("V3") ? Version::three : Version::unknown;
    if (version_ == Version::three) return {};
    return deviations_.accept(line_, "an unknown version, " + quoted(line),
                              "all that the known versions have");
  }

  Result<void> read_name(std::string_view line) {
    if (line.starts_with("N+")) {
      record_.black = line.substr(2);
    } else if (line.starts_with("N-")) {
      record_.white = line.substr(2);
    } else {
      return fail("a name begins N+ or N-");
    }
    return {};
  }

  Result<void> read_heading(std::string_view heading) {
    if (started_) {
      auto accepted = deviations_.accept(line_, "a heading behind the position",
                                         "a heading like those before it");
      if (!accepted) return accepted;
    }
    const auto colon = heading.find(':');
    if (colon == std::string_view::npos) return fail("a heading without ':'");
    std::string key(heading.substr(0, colon));
    for (const auto& [known, name] : csa::kHeadings) {
      if (name == key) key = known;
    }
    record_.headings.emplace_back(std::move(key), heading.substr(colon + 1));
    return {};
  }

  Result<void> start(char side) {
    if (!position_.any()) return fail("no position before the side to move");
    record_.start = position_.position(side == '+' ? Color::black : Color::white);
    now_ = record_.start;
    started_ = true;
    return deviations_.accept_start(line_, record_.start);
  }

  Result<void> read_move(std::string_view statement) {
    if (foul_) return refuse_foul();
    const auto move = parse_csa_move(statement, now_);
    if (!move) {
      foul_ = Foul{line_, quoted(statement), move.error().message, std::nullopt, {}};
      return {};
    }
    record_.moves.push_back({*move, std::nullopt, {}});
    now_.do_move(*move);
    return {};
  }

  /// The file does not say that the game ended by it.
  tl::unexpected<Error> refuse_foul() {
    line_ = foul_->line;
    return fail(foul_->rule);
  }

  Result<void> read_time(std::string_view number) {
    if (record_.moves.empty() && !record_.end && !foul_)
      return fail("a time before the first move");
    const auto dot = number.find('.');
    std::string fraction(dot == std::string_view::npos ? "" : number.substr(dot + 1));
    if (fraction.size() > 3) return fail("a time has at most three decimals");
    if (!fraction.empty() && version_ == Version::two) {
      auto accepted = deviations_.accept(line_, "a fraction of a second, which version 2 lacks",
                                         "as in version 3");
      if (!accepted) return accepted;
    }
    fraction.resize(3, '0');
    const auto seconds = read_number(number.substr(0, dot));
    const auto ms = read_number(fraction);
    if (!seconds || !ms) return fail("a time is a number of seconds");
    SpentTime& time = foul_         ? foul_->time
                      : record_.end ? record_.end->time
                                    : record_.moves.back().time;
    if (time) {
      if (!ended_by_foul_) return fail("a second time for one move");
      return deviations_.accept(line_, "a time of the foul and one of the end", "the first");
    }
    time = std::chrono::milliseconds(*seconds * 1000 + *ms);
    return {};
  }

  Result<void> read_end(std::string_view word) {
    auto ending = csa::ending_of(word, now_.side_to_move());
    if (foul_) {
      if (ending != Ending::foul || !end_by_foul(record_, foul_, deviations_)) {
        return refuse_foul();
      }
      ended_by_foul_ = true;
      return {};
    }
    std::string kept;
    if (!ending) {
      kept = quoted(word);
      ending = Ending::interruption;
      auto accepted = deviations_.accept(line_, "an unknown end, " + kept,
                                         "an interruption, with the word as its comment");
      if (!accepted) return accepted;
    }
    if (ending == Ending::max_plies && version_ == Version::two) {
      auto accepted = deviations_.accept(line_, "an end that version 2 lacks", "as in version 3");
      if (!accepted) return accepted;
    }
    record_.end = RecordedEnd{*ending, std::nullopt, kept};
    return {};
  }

  Deviations& deviations_;
  Version version_;
  GameRecord record_;
  csa::PositionLines position_;
  Position now_ = Position::empty();
  std::optional<Foul> foul_;
  int line_ = 0;
  bool any_ = false;
  bool started_ = false;
  bool ended_by_foul_ = false;
  bool left_out_ = false;  // what follows the end
};

/// The games of a file, parted by lines with a slash alone.
class CsaFile {
 public:
  explicit CsaFile(Reading reading) : deviations_(reading) { begin_game(Version::unknown); }

  Result<std::vector<ReadGame>> read(std::string_view bytes) {
    const auto text = read_text(bytes, deviations_);
    if (!text) return fail("CSA: " + text.error().message);
    Lines lines(*text);
    while (lines.next()) {
      const bool parts = without_blanks(lines.line()) == "/";
      auto read = parts ? finish_game() : game_->read_line(lines.number(), lines.line());
      if (!read) return refused(read.error());
    }
    if (auto finished = finish_game(); !finished) return refused(finished.error());
    if (games_.empty()) return fail("CSA: no line '+' or '-' with the side to move");
    for (auto& warning : deviations_.take()) games_.back().warnings.push_back(std::move(warning));
    return std::move(games_);
  }

 private:
  void begin_game(Version version) { game_.emplace(deviations_, version); }

  Result<void> finish_game() {
    if (!game_->any()) return {};
    auto record = game_->finish();
    if (!record) return tl::unexpected(record.error());
    games_.push_back({std::move(*record), deviations_.take(game_->line())});
    begin_game(game_->version());  // a file states it once
    return {};
  }

  tl::unexpected<Error> refused(const Error& error) const {
    return fail(fmt::format("CSA, line {}: {}", game_->line(), error.message));
  }

  Deviations deviations_;
  std::optional<CsaGame> game_;
  std::vector<ReadGame> games_;
};

}  // namespace

Result<Move> parse_csa_move(std::string_view text, const Position& position) {
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    if ((text[0] == '+') != (position.side_to_move() == Color::black)) {
      return fail("a move of the side that is not to move");
    }
    text.remove_prefix(1);
  }
  const auto type = text.size() == 6 ? csa::piece_type(text.substr(4)) : std::nullopt;
  if (!type) return fail("a move is two squares and a piece, such as 7776FU");
  const auto to = csa::read_square(text.substr(2, 2));
  if (!to) return tl::unexpected(to.error());
  Move move;
  if (text.starts_with("00")) {
    if (is_promoted(*type) || *type == PieceType::king) {
      return fail("kings and promoted pieces cannot be dropped");
    }
    move = Move::drop(*type, *to);
  } else {
    const auto from = csa::read_square(text.substr(0, 2));
    if (!from) return tl::unexpected(from.error());
    const PieceType before = type_of(position.piece_on(*from));
    if (before == PieceType::none) {
      return fail(fmt::format("there is no piece on {}", to_usi(*from)));
    }
    const bool promotes = before != *type;
    if (promotes && !(can_promote(before) && promoted(before) == *type)) {
      return fail(
          fmt::format("the piece on {} is {}", to_usi(*from), csa::kPieceNames[index(before)]));
    }
    move = Move::board(*from, *to, promotes);
  }
  return check_legality(position, move).map([&] { return move; });
}

Result<std::vector<ReadGame>> read_csa_games(std::string_view bytes, Reading reading) {
  return CsaFile(reading).read(bytes);
}

Result<ReadGame> read_csa(std::string_view bytes, Reading reading) {
  auto games = read_csa_games(bytes, reading);
  if (!games) return tl::unexpected(games.error());
  ReadGame first = std::move(games->front());
  if (games->size() > 1) {
    std::string cause = fmt::format("a file of {} games", games->size());
    if (reading == Reading::strict) return fail("CSA: " + cause);
    first.warnings.push_back({0, std::move(cause), "the first"});
  }
  return first;
}

}  // namespace keisei::shogi
