#include "shogi/record/japanese_move.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "shogi/japanese.h"
#include "shogi/legality.h"
#include "shogi/record/kif_words.h"
#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

Result<NamedMove> take_words(TextCursor& text, std::optional<Square> last_to) {
  NamedMove named;
  if (text.take("同")) {
    text.skip_spaces();
    if (!last_to) return fail("同, but no move went before");
    named.to = *last_to;
  } else {
    const auto to = kif::take_square(text);
    if (!to) return fail("expected a square such as ７六, or 同");
    text.skip_spaces();
    named.to = *to;
  }
  const auto type = kif::take_piece(text);
  if (!type) return fail("expected a piece such as 歩 or 成銀");
  named.type = *type;

  while (true) {
    if (text.take("右")) {
      named.right = true;
    } else if (text.take("左")) {
      named.left = true;
    } else if (text.take("直")) {
      named.straight = true;
    } else if (text.take("上") || text.take("行")) {
      named.forward = true;
    } else if (text.take("寄")) {
      named.sideways = true;
    } else if (text.take("引")) {
      named.backward = true;
    } else {
      break;
    }
  }
  if (text.take("打")) {
    named.drops = true;
  } else if (!text.take("不成") && !text.take("生")) {
    named.promotes = text.take("成");
  }
  if (text.take("(") || text.take("（")) {
    const auto from = kif::take_square(text);
    if (!from || !(text.take(")") || text.take("）")))
      return fail("expected an origin such as (77)");
    named.from = *from;
  }
  return named;
}

/// How far to the mover's right a square lies.
int rightness(Color us, Square square) {
  return us == Color::black ? -square.file() : square.file();
}

/// Of the moves of one kind of piece to one square, those that the relative words describe.
std::vector<Move> described(const Position& position, const NamedMove& named,
                            const std::vector<Move>& rivals) {
  const Color us = position.side_to_move();
  const PieceType type = unpromoted(named.type);
  const bool major = type == PieceType::bishop || type == PieceType::rook;
  std::vector<Move> found;
  for (const Move move : rivals) {
    const int advance = move.from().rank_from(us) - move.to().rank_from(us);
    if (named.forward && advance <= 0) continue;
    if (named.sideways && advance != 0) continue;
    if (named.backward && advance >= 0) continue;
    if (named.straight && (advance <= 0 || move.from().file() != move.to().file())) continue;
    // Two bishops or rooks are compared with each other, all else with the square.
    const auto beside = [&](int direction) {
      const int own = rightness(us, move.from()) * direction;
      if (!major) return own > rightness(us, move.to()) * direction;
      return std::all_of(rivals.begin(), rivals.end(), [&](Move other) {
        return other.from() == move.from() || own > rightness(us, other.from()) * direction;
      });
    };
    if (named.right && !beside(1)) continue;
    if (named.left && !beside(-1)) continue;
    found.push_back(move);
  }
  return found;
}

tl::unexpected<Error> no_such_move(const NamedMove& named) {
  return fail(
      fmt::format("no {} can make such a move to {}", japanese_name(named.type), to_usi(named.to)));
}

Result<Move> if_legal(const Position& position, Move move) {
  return check_legality(position, move).map([&] { return move; });
}

Result<Move> find_move_from(const Position& position, const NamedMove& named, Square from) {
  if (type_of(position.piece_on(from)) != named.type) {
    return fail(fmt::format("there is no {} on {}", japanese_name(named.type), to_usi(from)));
  }
  return if_legal(position, Move::board(from, named.to, named.promotes));
}

/// The legal ones of the pieces of that kind, in the order of their squares.
std::vector<Move> moves_on_the_board(const Position& position, const NamedMove& named) {
  const Color us = position.side_to_move();
  std::vector<Move> moves;
  (position.attackers(us, named.to) & position.pieces(us, named.type)).for_each([&](Square from) {
    const Move move = Move::board(from, named.to, named.promotes);
    if (check_legality(position, move)) moves.push_back(move);
  });
  return moves;
}

Result<Move> find_drop(const Position& position, const NamedMove& named) {
  if (is_promoted(named.type) || named.type == PieceType::king) return no_such_move(named);
  return if_legal(position, Move::drop(named.type, named.to));
}

}  // namespace

Result<Move> find_move(const Position& position, const NamedMove& named) {
  if (named.from) return find_move_from(position, named, *named.from);
  if (named.drops) return find_drop(position, named);

  const std::vector<Move> rivals = moves_on_the_board(position, named);
  std::vector<Move> found = described(position, named, rivals);
  const bool plain = !(named.right || named.left || named.straight || named.forward ||
                       named.sideways || named.backward);
  if (rivals.empty() && plain && !named.promotes) {
    if (const auto drop = find_drop(position, named)) return *drop;
  }
  if (found.size() == 1) return found.front();
  if (found.empty()) return no_such_move(named);
  std::string candidates;
  for (const Move move : found) {
    candidates += candidates.empty() ? "" : ", ";
    candidates += to_japanese(position, move);
  }
  return fail("ambiguous, it could be " + candidates);
}

Result<NamedMove> take_named_move(TextCursor& text, Color side_to_move,
                                  std::optional<Square> last_to) {
  TextCursor ahead = text;
  const int mark = ahead.take_any(kif::kMarks);
  if (const auto side =
          mark < 0 ? std::nullopt : kif::kMarkedSides[static_cast<std::size_t>(mark)]) {
    if (*side != side_to_move) return fail("a move of the side that is not to move");
    text = ahead;
  }
  return take_words(text, last_to);
}

Result<Move> parse_japanese(std::string_view text, const Position& position,
                            std::optional<Square> last_to) {
  TextCursor cursor(text);
  const auto named = take_named_move(cursor, position.side_to_move(), last_to);
  if (!named) return tl::unexpected(named.error());
  auto move = find_move(position, *named);
  if (move && !cursor.done()) return fail("unexpected text after the move");
  return move;
}

}  // namespace keisei::shogi
