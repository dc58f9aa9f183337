#include "shogi/japanese.h"

#include <array>
#include <string_view>

#include "shogi/attacks.h"

namespace keisei::shogi {
namespace {

constexpr std::array<std::string_view, 16> kNames = {"",     "歩", "香", "桂", "銀",   "金",
                                                     "角",   "飛", "玉", "と", "成香", "成桂",
                                                     "成銀", "",   "馬", "竜"};
constexpr std::array<std::string_view, 9> kFiles = {"１", "２", "３", "４", "５",
                                                    "６", "７", "８", "９"};
constexpr std::array<std::string_view, 9> kRanks = {"一", "二", "三", "四", "五",
                                                    "六", "七", "八", "九"};

enum class Motion { forward, sideways, backward };
enum class Side { right, straight, left };

Motion motion_of(Color us, Move move) {
  const int before = move.from().rank_from(us);
  const int after = move.to().rank_from(us);
  return after < before ? Motion::forward : after > before ? Motion::backward : Motion::sideways;
}

Side side_of(Color us, Square from, Square relative_to) {
  const int offset = (from.file() - relative_to.file()) * (us == Color::black ? 1 : -1);
  return offset < 0 ? Side::right : offset > 0 ? Side::left : Side::straight;
}

std::string_view word(Motion motion) {
  switch (motion) {
    case Motion::forward:
      return "上";
    case Motion::sideways:
      return "寄";
    case Motion::backward:
      return "引";
  }
  return "";
}

std::string_view word(Side side) { return side == Side::right ? "右" : "左"; }

/// The mover's pieces of a type that reach the square. As in newspapers, whether a pin or a check
/// forbids the move does not count.
Bitboard movers_to(const Position& position, PieceType type, Square to) {
  const Color us = position.side_to_move();
  Bitboard movers;
  position.pieces(us, type).for_each([&](Square from) {
    if (attacks(make_piece(us, type), from, position.occupied()).contains(to)) {
      movers |= Bitboard(from);
    }
  });
  return movers;
}

/// The words that tell this move from the others of the same kind of piece to the same square: the
/// motion if that suffices, else the side it comes from, else both.
std::string relative_words(const Position& position, Move move) {
  const Color us = position.side_to_move();
  const Piece piece = position.piece_on(move.from());
  const bool major = type_of(piece) == PieceType::bishop || type_of(piece) == PieceType::rook ||
                     type_of(piece) == PieceType::horse || type_of(piece) == PieceType::dragon;

  // The two bishops or rooks there can be are compared with each other, all else with the square.
  const auto side = [&](Square from, Square other) {
    return side_of(us, from, major ? other : move.to());
  };
  bool ambiguous = false;
  bool motion_suffices = true;
  bool side_suffices = true;
  Side own_side = side(move.from(), move.to());
  (movers_to(position, type_of(piece), move.to()) - Bitboard(move.from()))
      .for_each([&](Square other) {
        ambiguous = true;
        if (major) own_side = side(move.from(), other);
        if (motion_of(us, Move::board(other, move.to())) == motion_of(us, move))
          motion_suffices = false;
        if (side(other, move.from()) == own_side) side_suffices = false;
      });
  if (!ambiguous) return "";
  const Motion motion = motion_of(us, move);
  const std::string_view motion_word = word(motion);
  if (motion_suffices) return std::string(motion_word);
  if (own_side == Side::straight && motion == Motion::forward) return "直";
  if (side_suffices) return std::string(word(own_side));
  return std::string(word(own_side)) + std::string(motion_word);
}

}  // namespace

std::string_view japanese_name(PieceType type) { return kNames[index(type)]; }

std::string to_japanese(Square square) {
  std::string text(kFiles[static_cast<std::size_t>(square.file())]);
  text += kRanks[static_cast<std::size_t>(square.rank())];
  return text;
}

std::string to_japanese(const Position& position, Move move, std::optional<Square> last_to) {
  const Color us = position.side_to_move();
  std::string text = us == Color::black ? "▲" : "△";
  if (last_to == move.to()) {
    text += "同　";
  } else {
    text += to_japanese(move.to());
  }
  if (move.is_drop()) {
    text += japanese_name(move.drop_type());
    if (!movers_to(position, move.drop_type(), move.to()).empty()) text += "打";
    return text;
  }
  const PieceType type = type_of(position.piece_on(move.from()));
  text += japanese_name(type);
  text += relative_words(position, move);
  if (move.is_promotion()) {
    text += "成";
  } else if (can_promote(type) &&
             (in_promotion_zone(us, move.from()) || in_promotion_zone(us, move.to()))) {
    text += "不成";
  }
  return text;
}

}  // namespace keisei::shogi
