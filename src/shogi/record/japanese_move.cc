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

/// What the text says, before any board is looked at.
struct Pattern {
  Square to;
  PieceType type = PieceType::none;
  std::optional<Square> from;
  bool drops = false;
  bool promotes = false;
  bool right = false;
  bool left = false;
  bool straight = false;
  bool forward = false;
  bool sideways = false;
  bool backward = false;
};

Result<Pattern> take_pattern(TextCursor& text, std::optional<Square> last_to) {
  Pattern pattern;
  if (text.take("同")) {
    text.skip_spaces();
    if (!last_to) return fail("同, but no move went before");
    pattern.to = *last_to;
  } else {
    const auto to = kif::take_square(text);
    if (!to) return fail("expected a square such as ７六, or 同");
    text.skip_spaces();
    pattern.to = *to;
  }
  const auto type = kif::take_piece(text);
  if (!type) return fail("expected a piece such as 歩 or 成銀");
  pattern.type = *type;

  while (true) {
    if (text.take("右")) {
      pattern.right = true;
    } else if (text.take("左")) {
      pattern.left = true;
    } else if (text.take("直")) {
      pattern.straight = true;
    } else if (text.take("上") || text.take("行")) {
      pattern.forward = true;
    } else if (text.take("寄")) {
      pattern.sideways = true;
    } else if (text.take("引")) {
      pattern.backward = true;
    } else {
      break;
    }
  }
  if (text.take("打")) {
    pattern.drops = true;
  } else if (!text.take("不成") && !text.take("生")) {
    pattern.promotes = text.take("成");
  }
  if (text.take("(")) {
    const auto from = kif::take_square(text);
    if (!from || !text.take(")")) return fail("expected an origin such as (77)");
    pattern.from = *from;
  }
  return pattern;
}

/// How far to the mover's right a square lies.
int rightness(Color us, Square square) {
  return us == Color::black ? -square.file() : square.file();
}

/// Of the moves of one kind of piece to one square, those that the relative words describe.
std::vector<Move> described(const Position& position, const Pattern& pattern,
                            const std::vector<Move>& rivals) {
  const Color us = position.side_to_move();
  const PieceType type = unpromoted(pattern.type);
  const bool major = type == PieceType::bishop || type == PieceType::rook;
  std::vector<Move> found;
  for (const Move move : rivals) {
    const int advance = move.from().rank_from(us) - move.to().rank_from(us);
    if (pattern.forward && advance <= 0) continue;
    if (pattern.sideways && advance != 0) continue;
    if (pattern.backward && advance >= 0) continue;
    if (pattern.straight && (advance <= 0 || move.from().file() != move.to().file())) continue;
    // Two bishops or rooks are compared with each other, all else with the square.
    const auto beside = [&](int direction) {
      const int own = rightness(us, move.from()) * direction;
      if (!major) return own > rightness(us, move.to()) * direction;
      return std::all_of(rivals.begin(), rivals.end(), [&](Move other) {
        return other.from() == move.from() || own > rightness(us, other.from()) * direction;
      });
    };
    if (pattern.right && !beside(1)) continue;
    if (pattern.left && !beside(-1)) continue;
    found.push_back(move);
  }
  return found;
}

Result<Move> resolve(const Position& position, const Pattern& pattern) {
  std::vector<Move> drops;
  std::vector<Move> rivals;
  for (const Move move : position.legal_moves()) {
    if (move.to() != pattern.to) continue;
    if (move.is_drop()) {
      if (move.drop_type() == pattern.type && !pattern.promotes) drops.push_back(move);
    } else if (type_of(position.piece_on(move.from())) == pattern.type &&
               move.is_promotion() == pattern.promotes) {
      rivals.push_back(move);
    }
  }
  if (pattern.from) {
    const Move move = Move::board(*pattern.from, pattern.to, pattern.promotes);
    if (std::find(rivals.begin(), rivals.end(), move) != rivals.end()) return move;
    if (type_of(position.piece_on(*pattern.from)) != pattern.type) {
      return fail(
          fmt::format("there is no {} on {}", japanese_name(pattern.type), to_usi(*pattern.from)));
    }
    return check_legality(position, move).map([&] { return move; });
  }

  std::vector<Move> found = pattern.drops ? drops : described(position, pattern, rivals);
  const bool plain = !(pattern.right || pattern.left || pattern.straight || pattern.forward ||
                       pattern.sideways || pattern.backward);
  if (rivals.empty() && plain) found = drops;
  if (found.size() == 1) return found.front();
  if (found.empty()) {
    if (pattern.drops && !is_promoted(pattern.type) && pattern.type != PieceType::king) {
      const auto legal = check_legality(position, Move::drop(pattern.type, pattern.to));
      if (!legal) return tl::unexpected(legal.error());
    }
    return fail(fmt::format("no {} can make such a move to {}", japanese_name(pattern.type),
                            to_usi(pattern.to)));
  }
  std::string candidates;
  for (const Move move : found) {
    candidates += candidates.empty() ? "" : ", ";
    candidates += to_japanese(position, move);
  }
  return fail("ambiguous, it could be " + candidates);
}

}  // namespace

Result<Move> take_japanese_move(TextCursor& text, const Position& position,
                                std::optional<Square> last_to) {
  const bool black = text.take("▲") || text.take("☗");
  const bool white = !black && (text.take("△") || text.take("☖") || text.take("▽"));
  if ((black || white) && black != (position.side_to_move() == Color::black)) {
    return fail("a move of the side that is not to move");
  }
  const auto pattern = take_pattern(text, last_to);
  if (!pattern) return tl::unexpected(pattern.error());
  return resolve(position, *pattern);
}

Result<Move> parse_japanese(std::string_view text, const Position& position,
                            std::optional<Square> last_to) {
  TextCursor cursor(text);
  auto move = take_japanese_move(cursor, position, last_to);
  if (move && !cursor.done()) return fail("unexpected text after the move");
  return move;
}

}  // namespace keisei::shogi
