#pragma once

#include <cstddef>
#include <cstdint>

/// The nouns of the board. All of them are small values: copy them freely.
namespace keisei::shogi {

enum class Color : std::uint8_t { black, white };

constexpr Color operator~(Color color) {
  return color == Color::black ? Color::white : Color::black;
}
constexpr std::size_t index(Color color) { return static_cast<std::size_t>(color); }

/// Promoted types are the unpromoted type plus 8; the order of the first seven is also the order of
/// hands and of drop actions.
enum class PieceType : std::uint8_t {
  none,
  pawn,
  lance,
  knight,
  silver,
  gold,
  bishop,
  rook,
  king,
  pro_pawn,
  pro_lance,
  pro_knight,
  pro_silver,
  horse = 14,
  dragon = 15,
};

inline constexpr std::uint8_t kPromotedBit = 8;
inline constexpr PieceType kHandTypes[] = {PieceType::pawn,   PieceType::lance, PieceType::knight,
                                           PieceType::silver, PieceType::gold,  PieceType::bishop,
                                           PieceType::rook};

constexpr std::size_t index(PieceType type) { return static_cast<std::size_t>(type); }
constexpr bool is_promoted(PieceType type) { return type > PieceType::king; }
constexpr bool can_promote(PieceType type) {
  return type != PieceType::none && type < PieceType::king && type != PieceType::gold;
}
constexpr PieceType promoted(PieceType type) {
  return static_cast<PieceType>(static_cast<std::uint8_t>(type) | kPromotedBit);
}
/// What a piece becomes in the hand of its captor.
constexpr PieceType unpromoted(PieceType type) {
  return is_promoted(type) ? static_cast<PieceType>(static_cast<std::uint8_t>(type) & 7) : type;
}

/// A piece type with an owner: the type in the low four bits, the color in bit 4.
enum class Piece : std::uint8_t { none = 0 };

constexpr Piece make_piece(Color color, PieceType type) {
  return static_cast<Piece>((static_cast<unsigned>(color) << 4) | static_cast<unsigned>(type));
}
constexpr std::size_t index(Piece piece) { return static_cast<std::size_t>(piece); }
constexpr PieceType type_of(Piece piece) {
  return static_cast<PieceType>(static_cast<std::uint8_t>(piece) & 15);
}
/// Meaningless for Piece::none.
constexpr Color color_of(Piece piece) {
  return static_cast<Color>(static_cast<std::uint8_t>(piece) >> 4);
}

/// A square numbered file by file: index = file * 9 + rank, where file 0 is the file written "1"
/// (Black's rightmost) and rank 0 the rank written "a" (White's back rank). 1a = 0, 1b = 1, 9i
/// = 80.
class Square {
 public:
  static constexpr int kCount = 81;

  constexpr Square() = default;
  constexpr explicit Square(int index) : index_(static_cast<std::uint8_t>(index)) {}
  constexpr Square(int file, int rank) : Square(file * 9 + rank) {}

  constexpr int file() const { return index_ / 9; }
  constexpr int rank() const { return index_ % 9; }
  constexpr std::size_t index() const { return index_; }

  /// The same square seen from the other side of the board (rotation by 180 degrees).
  constexpr Square rotated() const { return Square(80 - index_); }

  /// 0 for the far edge of the board, 8 for the player's own back rank.
  constexpr int rank_from(Color color) const { return color == Color::black ? rank() : 8 - rank(); }

  friend constexpr bool operator==(Square, Square) = default;
  friend constexpr auto operator<=>(Square, Square) = default;

 private:
  std::uint8_t index_ = 0;
};

constexpr bool in_promotion_zone(Color color, Square square) { return square.rank_from(color) < 3; }

}  // namespace keisei::shogi
