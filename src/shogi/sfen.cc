#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>

#include "shogi/attacks.h"
#include "shogi/position.h"
#include "shogi/usi.h"

// SFEN, Forsyth-Edwards notation for shogi, as the USI protocol defines it.
namespace keisei::shogi {
namespace {

constexpr std::string_view kLetters = ".PLNSGBRK";
// A set has this many of each type, by unpromoted type.
constexpr std::array<int, 9> kSetSize = {0, 18, 4, 4, 4, 4, 2, 2, 2};

std::optional<Piece> piece_of(char letter) {
  const bool lower = letter >= 'a' && letter <= 'z';
  const char upper = lower ? static_cast<char>(letter - 'a' + 'A') : letter;
  const auto at = kLetters.find(upper);
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  return make_piece(lower ? Color::white : Color::black, static_cast<PieceType>(at));
}

class SfenReader {
 public:
  explicit SfenReader(std::string_view text) : text_(text) {}

  Result<Position> read(TwoPawns two_pawns) {
    Position position = Position::empty();
    return read_board(position)
        .and_then([&] { return read_side(position); })
        .and_then([&] { return read_hands(position); })
        .and_then([&] { return read_move_number(position); })
        .and_then([&] { return position.validate(two_pawns); })
        .map([&] { return position; });
  }

 private:
  tl::unexpected<Error> wrong(std::string_view cause) const {
    return fail(fmt::format("SFEN, character {}: {}", at_ + 1, cause));
  }
  bool done() const { return at_ == text_.size(); }
  char peek() const { return text_[at_]; }
  bool digit_next() const { return !done() && peek() >= '0' && peek() <= '9'; }

  Result<void> expect(char wanted, std::string_view what) {
    if (done()) return wrong(fmt::format("{} is missing", what));
    if (peek() != wanted) {
      return wrong(fmt::format("expected '{}' ({}), found '{}'", wanted, what, printable(peek())));
    }
    ++at_;
    return {};
  }

  static std::string printable(char c) {
    return c >= ' ' && c <= '~' ? std::string(1, c)
                                : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }

  Result<void> read_board(Position& position) {
    for (int rank = 0; rank < 9; ++rank) {
      if (rank > 0) {
        if (auto slash = expect('/', "the end of a rank"); !slash) return slash;
      }
      bool number_before = false;
      for (int file = 8; file >= 0;) {
        if (done()) return wrong(fmt::format("the board ends within rank {}", rank + 1));
        if (digit_next()) {
          const int gap = peek() - '0';
          if (gap == 0 || gap > file + 1) {
            return wrong(fmt::format("{} squares do not fit into rank {}", gap, rank + 1));
          }
          if (number_before) return wrong("two numbers in a row");
          number_before = true;
          file -= gap;
          ++at_;
        } else {
          auto piece = read_piece();
          if (!piece) return tl::unexpected(piece.error());
          if (auto counted = count(*piece, 1); !counted) return counted;
          position.put(Square(file--, rank), *piece);
          number_before = false;
        }
      }
    }
    return {};
  }

  Result<Piece> read_piece() {
    const bool promotes = peek() == '+';
    if (promotes && ++at_ == text_.size()) return wrong("'+' without a piece");
    const auto piece = piece_of(peek());
    if (!piece) return wrong(fmt::format("'{}' is no piece", printable(peek())));
    if (promotes && !can_promote(type_of(*piece))) {
      return wrong(fmt::format("'{}' cannot be promoted", peek()));
    }
    ++at_;
    return promotes ? make_piece(color_of(*piece), promoted(type_of(*piece))) : *piece;
  }

  /// Keeps count of the set of pieces, and of kings, before they are put anywhere.
  Result<void> count(Piece piece, int n) {
    const auto type = unpromoted(type_of(piece));
    if (type == PieceType::king) {
      bool& seen = king_seen_[index(color_of(piece))];
      if (seen) return wrong("a second king of one color");
      seen = true;
    }
    int& used = used_[index(type)];
    if (used + n > kSetSize[index(type)]) {
      return wrong(fmt::format("more than {} pieces of type '{}'", kSetSize[index(type)],
                               kLetters[index(type)]));
    }
    used += n;
    return {};
  }

  Result<void> read_side(Position& position) {
    if (auto space = expect(' ', "the space before the side to move"); !space) return space;
    if (done() || (peek() != 'b' && peek() != 'w')) return wrong("the side to move is 'b' or 'w'");
    position.set_side_to_move(peek() == 'b' ? Color::black : Color::white);
    ++at_;
    return {};
  }

  Result<void> read_hands(Position& position) {
    if (auto space = expect(' ', "the space before the hands"); !space) return space;
    if (done()) return wrong("the hands are missing ('-' for none)");
    if (peek() == '-') {
      ++at_;
      return {};
    }
    do {
      int n = 1;
      if (digit_next()) {
        auto number = read_number("a count", 18);
        if (!number) return tl::unexpected(number.error());
        n = *number;
        if (n < 2) return wrong("a count in hand is 2 or more");
        if (done()) return wrong("a count without a piece");
      }
      const auto piece = piece_of(peek());
      if (!piece || type_of(*piece) == PieceType::king) {
        return wrong(fmt::format("'{}' is no piece for a hand", printable(peek())));
      }
      if (position.hand_count(color_of(*piece), type_of(*piece)) > 0) {
        return wrong(fmt::format("'{}' is in that hand twice", peek()));
      }
      if (auto counted = count(*piece, n); !counted) return counted;
      position.put_in_hand(color_of(*piece), type_of(*piece), n);
      ++at_;
    } while (!done() && peek() != ' ');
    return {};
  }

  Result<void> read_move_number(Position& position) {
    if (done()) return {};
    if (auto space = expect(' ', "the space before the move number"); !space) return space;
    if (!digit_next()) return wrong("the move number is missing");
    auto number = read_number("the move number", 1'000'000);
    if (!number) return tl::unexpected(number.error());
    if (*number < 1) return wrong("the move number starts at 1");
    if (!done()) return wrong("unexpected text after the move number");
    position.set_ply(*number - 1);
    return {};
  }

  Result<int> read_number(std::string_view what, int most) {
    int number = 0;
    const char* begin = text_.data() + at_;
    const auto [end, error] = std::from_chars(begin, text_.data() + text_.size(), number);
    if (error != std::errc() || number > most) {
      return wrong(fmt::format("{} is larger than {}", what, most));
    }
    if (*begin == '0') return wrong(fmt::format("{} starts with 0", what));
    at_ += static_cast<std::size_t>(end - begin);
    return number;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::array<int, 9> used_{};
  std::array<bool, 2> king_seen_{};
};

}  // namespace

Result<Position> Position::from_sfen(std::string_view sfen, TwoPawns two_pawns) {
  return SfenReader(sfen).read(two_pawns);
}

Result<void> Position::validate(TwoPawns two_pawns) const {
  for (const Color color : {Color::black, Color::white}) {
    const std::string_view name = color == Color::black ? "Black" : "White";
    const Bitboard pawns = pieces(color, PieceType::pawn);
    for (int file = 0; two_pawns == TwoPawns::refused && file < 9; ++file) {
      if ((pawns & Bitboard::file(file)).count() < 2) continue;
      return fail(fmt::format("{} has two unpromoted pawns on file {}", name, file + 1));
    }
    const Bitboard stuck =
        ((pawns | pieces(color, PieceType::lance)) & Bitboard::far_ranks(color, 1)) |
        (pieces(color, PieceType::knight) & Bitboard::far_ranks(color, 2));
    if (!stuck.empty()) {
      return fail(fmt::format("{}'s piece on {} could never move", name, to_usi(stuck.first())));
    }
  }
  if (is_in_check(~side_)) return fail("the side that is not to move stands in check");
  return {};
}

std::string Position::sfen() const {
  std::string text;
  for (int rank = 0; rank < 9; ++rank) {
    if (rank > 0) text += '/';
    int gap = 0;
    const auto flush = [&] {
      if (gap > 0) text += static_cast<char>('0' + gap);
      gap = 0;
    };
    for (int file = 8; file >= 0; --file) {
      const Piece piece = piece_on(Square(file, rank));
      if (piece == Piece::none) {
        ++gap;
      } else {
        flush();
        text += to_sfen(piece);
      }
    }
    flush();
  }
  text += side_ == Color::black ? " b " : " w ";

  constexpr PieceType kOrder[] = {PieceType::rook,   PieceType::bishop, PieceType::gold,
                                  PieceType::silver, PieceType::knight, PieceType::lance,
                                  PieceType::pawn};
  const auto before_hands = text.size();
  for (const Color color : {Color::black, Color::white}) {
    for (const PieceType type : kOrder) {
      const int n = hand_count(color, type);
      if (n > 1) text += std::to_string(n);
      if (n > 0) text += to_sfen(make_piece(color, type));
    }
  }
  if (text.size() == before_hands) text += '-';
  return text + ' ' + std::to_string(ply_ + 1);
}

std::string to_sfen(Piece piece) {
  if (piece == Piece::none) return "";
  const PieceType type = type_of(piece);
  char letter = kLetters[index(unpromoted(type))];
  if (color_of(piece) == Color::white) letter = static_cast<char>(letter - 'A' + 'a');
  return is_promoted(type) ? std::string{'+', letter} : std::string{letter};
}

}  // namespace keisei::shogi
