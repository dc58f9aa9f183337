#include <fmt/format.h>

#include <optional>
#include <vector>

#include "shogi/legality.h"
#include "shogi/usi.h"
#include "shogi/western.h"

namespace keisei::shogi {
namespace {

constexpr std::string_view kPieceLetters = ".PLNSGBRK";

/// What the text says, before any board is looked at.
struct Pattern {
  PieceType type = PieceType::none;
  std::optional<Square> from;
  Square to;
  char kind = 0;       // '-', 'x', '*', or 0 when left out
  char promotion = 0;  // '+', '=', or 0

  bool fits(const Position& position, Move move) const {
    if (move.to() != to || move.is_drop() != (kind == '*')) return false;
    if (move.is_drop()) return move.drop_type() == type;
    return type_of(position.piece_on(move.from())) == type && (!from || *from == move.from()) &&
           (promotion == 0 || move.is_promotion() == (promotion == '+'));
  }
};

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<Pattern> read() {
    Pattern pattern;
    const bool promoted_piece = take_one_of("+") != 0;
    const char letter = done() ? '\0' : upper(text_[at_]);
    const auto type = kPieceLetters.find(letter);
    if (done() || type == std::string_view::npos || type == 0) {
      return wrong("expected a piece: P L N S G B R or K");
    }
    pattern.type = static_cast<PieceType>(type);
    if (promoted_piece) {
      if (!can_promote(pattern.type)) return wrong("that piece has no promoted form");
      pattern.type = promoted(pattern.type);
    }
    ++at_;

    std::optional<Square> first;
    if (digit_next()) {
      const auto square = read_square();
      if (!square) return tl::unexpected(square.error());
      first = *square;
    }
    pattern.kind = take_one_of("-x*X'");
    if (pattern.kind == 'X') pattern.kind = 'x';
    if (pattern.kind == '\'') pattern.kind = '*';
    if (pattern.kind == '*' && (first || promoted_piece || pattern.type == PieceType::king)) {
      return wrong("a drop names an unpromoted piece and one square, such as N*5e");
    }
    if (pattern.kind != 0 || digit_next() || !first) {
      const auto square = read_square();
      if (!square) return tl::unexpected(square.error());
      pattern.from = first;
      pattern.to = *square;
    } else {
      pattern.to = *first;
    }
    pattern.promotion = take_one_of("+=");
    if (!done()) return wrong("unexpected text after the move");
    return pattern;
  }

 private:
  static char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
  bool done() const { return at_ == text_.size(); }
  bool digit_next() const { return !done() && text_[at_] >= '0' && text_[at_] <= '9'; }

  tl::unexpected<Error> wrong(std::string_view cause) const {
    return fail(fmt::format("character {}: {}", at_ + 1, cause));
  }

  char take_one_of(std::string_view characters) {
    if (done() || characters.find(text_[at_]) == std::string_view::npos) return 0;
    return text_[at_++];
  }

  Result<Square> read_square() {
    if (!digit_next() || text_[at_] == '0') return wrong("expected a file, 1 to 9");
    const int file = text_[at_++] - '1';
    const char rank = done() ? '\0' : upper(text_[at_]);
    int rank_index = -1;
    if (rank >= '1' && rank <= '9') rank_index = rank - '1';
    if (rank >= 'A' && rank <= 'I') rank_index = rank - 'A';
    if (rank_index < 0) return wrong("expected a rank, a to i or 1 to 9");
    ++at_;
    return Square(file, rank_index);
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Why no legal move fits: by the rule if the pattern names one move, otherwise in general.
std::string explain(const Position& position, const Pattern& pattern) {
  std::vector<Move> meant;
  if (pattern.kind == '*') {
    meant.push_back(Move::drop(pattern.type, pattern.to));
  } else {
    position.pieces(position.side_to_move(), pattern.type).for_each([&](Square from) {
      if (!pattern.from || *pattern.from == from) {
        meant.push_back(Move::board(from, pattern.to, pattern.promotion == '+'));
      }
    });
  }
  if (meant.empty()) {
    return pattern.from ? fmt::format("no such piece of yours on {}", to_usi(*pattern.from))
                        : "you have no such piece on the board";
  }
  if (meant.size() == 1) {
    const auto legal = check_legality(position, meant.front());
    if (!legal) return legal.error().message;
  }
  return fmt::format("none of your pieces of that kind can go to {}", to_usi(pattern.to));
}

Result<Move> match(const Position& position, const Pattern& pattern) {
  std::vector<Move> found;
  for (const Move move : position.legal_moves()) {
    if (pattern.fits(position, move)) found.push_back(move);
  }
  if (found.empty()) return fail(explain(position, pattern));
  if (found.size() > 1) {
    std::string candidates;
    for (const Move move : found) {
      candidates += candidates.empty() ? "" : ", ";
      candidates += to_western(position, move);
    }
    return fail("ambiguous, it could be " + candidates);
  }
  const bool captures = position.piece_on(pattern.to) != Piece::none;
  if (pattern.kind == 'x' && !captures) {
    return fail(fmt::format("there is nothing to capture on {}", to_usi(pattern.to)));
  }
  if (pattern.kind == '-' && captures) {
    return fail(fmt::format("it captures, write {}", to_western(position, found.front())));
  }
  return found.front();
}

}  // namespace

Result<Move> parse_western(std::string_view text, const Position& position) {
  const auto in_context = [&](const Error& error) {
    constexpr std::size_t kLongest = 16;  // foreign text is quoted no longer than that
    std::string quoted;
    for (const char c : text.substr(0, kLongest)) quoted += c >= ' ' && c <= '~' ? c : '?';
    return Error{fmt::format("move \"{}{}\": {}", quoted, text.size() > kLongest ? "..." : "",
                             error.message)};
  };
  return Reader(text)
      .read()
      .and_then([&](const Pattern& pattern) { return match(position, pattern); })
      .map_error(in_context);
}

}  // namespace keisei::shogi
