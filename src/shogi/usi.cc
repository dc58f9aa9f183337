#include "shogi/usi.h"

#include <fmt/format.h>

#include "shogi/legality.h"

namespace keisei::shogi {
namespace {

constexpr std::string_view kDropLetters = ".PLNSGBR";

tl::unexpected<Error> wrong(std::string_view text, std::string_view cause) {
  constexpr std::size_t kLongest = 16;  // foreign text is quoted no longer than that
  std::string quoted;
  for (const char c : text.substr(0, kLongest)) quoted += c >= ' ' && c <= '~' ? c : '?';
  return fail(fmt::format("move \"{}{}\": {}", quoted, text.size() > kLongest ? "..." : "", cause));
}

}  // namespace

std::string to_usi(Square square) {
  return {static_cast<char>('1' + square.file()), static_cast<char>('a' + square.rank())};
}

std::string to_usi(Move move) {
  if (move.is_none()) return "none";
  if (move.is_drop()) {
    return std::string{kDropLetters[index(move.drop_type())], '*'} + to_usi(move.to());
  }
  return to_usi(move.from()) + to_usi(move.to()) + (move.is_promotion() ? "+" : "");
}

Result<Square> parse_square(std::string_view text) {
  if (text.size() != 2) return fail("a square has two characters, such as 7g");
  if (text[0] < '1' || text[0] > '9') return fail("a file is 1 to 9");
  if (text[1] < 'a' || text[1] > 'i') return fail("a rank is a to i");
  return Square(text[0] - '1', text[1] - 'a');
}

Result<Move> read_usi(std::string_view text) {
  const bool promotes = text.size() == 5 && text[4] == '+';
  if (text.size() != 4 && !promotes) {
    return wrong(text, "expected the form 7g7f, 8h2b+ or P*5e");
  }
  const auto to = parse_square(text.substr(2, 2));
  if (!to) return wrong(text, "characters 3-4: " + to.error().message);
  if (text[1] == '*') {
    const auto type = kDropLetters.find(text[0]);
    if (type == std::string_view::npos || type == 0) {
      return wrong(text, "character 1: a drop names one of P L N S G B R");
    }
    if (promotes) return wrong(text, "character 5: a dropped piece cannot promote");
    return Move::drop(static_cast<PieceType>(type), *to);
  }
  const auto from = parse_square(text.substr(0, 2));
  if (!from) return wrong(text, "characters 1-2: " + from.error().message);
  if (*from == *to) return wrong(text, "origin and destination are the same square");
  return Move::board(*from, *to, promotes);
}

Result<Move> parse_usi(std::string_view text, const Position& position) {
  auto move = read_usi(text);
  if (!move) return move;
  if (const auto legal = check_legality(position, *move); !legal) {
    return wrong(text, legal.error().message);
  }
  return move;
}

}  // namespace keisei::shogi
