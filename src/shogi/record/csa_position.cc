#include "shogi/record/csa_position.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "shogi/record/csa_words.h"
#include "shogi/usi.h"

namespace keisei::shogi::csa {
namespace {

/// From file 9 to file 1, each a sign and a piece, or empty.
using Cells = std::array<std::string_view, 9>;

constexpr std::size_t kCellWidth = 3;

bool begins_with_sign(std::string_view cell) {
  return cell.starts_with('+') || cell.starts_with('-');
}

/// Three characters for each square, of which trailing ones may be lost; without a sign in front
/// it is empty. None if a sign stands elsewhere.
std::optional<Cells> by_width(std::string_view text) {
  Cells cells;
  for (std::string_view& cell : cells) {
    const std::string_view three = text.substr(0, kCellWidth);
    text.remove_prefix(three.size());
    if (begins_with_sign(three)) {
      cell = three;
    } else if (three.find_first_of("+-") != std::string_view::npos) {
      return std::nullopt;
    }
  }
  if (text.find_first_not_of(' ') != std::string_view::npos) return std::nullopt;
  return cells;
}

/// Nine squares whatever the blanks between them: a sign and a piece, or one character.
std::optional<Cells> by_blanks(std::string_view text) {
  Cells cells;
  for (std::string_view& cell : cells) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return std::nullopt;
    const bool is_piece = begins_with_sign(text);
    const auto length = is_piece ? std::min(kCellWidth, text.size()) : 1;
    if (is_piece) cell = text.substr(0, length);
    text.remove_prefix(length);
  }
  if (text.find_first_not_of(' ') != std::string_view::npos) return std::nullopt;
  return cells;
}

}  // namespace

Result<Square> read_square(std::string_view digits) {
  if (digits.size() != 2 || digits[0] < '1' || digits[0] > '9' || digits[1] < '1' ||
      digits[1] > '9') {
    return fail("a square is two digits from 1 to 9");
  }
  return Square(digits[0] - '1', digits[1] - '1');
}

Result<void> PositionLines::read(int number, std::string_view line) {
  if (line.starts_with("PI")) return read_even_game(line.substr(2));
  if (line.starts_with("P+")) return read_placements(Color::black, line.substr(2));
  if (line.starts_with("P-")) return read_placements(Color::white, line.substr(2));
  if (line.size() > 1 && line[1] >= '1' && line[1] <= '9') {
    return read_rank(number, line[1] - '1', line.substr(2));
  }
  return fail("a position line begins PI, P1 to P9, P+ or P-");
}

Position PositionLines::position(Color side_to_move) const {
  Position position = Position::empty(side_to_move);
  for (std::size_t s = 0; s < board_.size(); ++s) {
    if (board_[s] != Piece::none) position.put(Square(static_cast<int>(s)), board_[s]);
  }
  for (const Color color : {Color::black, Color::white}) {
    for (const PieceType type : kHandTypes) {
      position.put_in_hand(color, type, hands_[index(color)][index(type)]);
    }
  }
  return position;
}

Result<void> PositionLines::put(Square square, Piece piece) {
  if (board_[square.index()] != Piece::none) {
    return fail(fmt::format("{} is occupied already", to_usi(square)));
  }
  if (type_of(piece) == PieceType::king &&
      std::find(board_.begin(), board_.end(), piece) != board_.end()) {
    return fail("a second king of one color");
  }
  if (auto counted = count(type_of(piece)); !counted) return counted;
  board_[square.index()] = piece;
  return {};
}

Result<void> PositionLines::count(PieceType type) {
  const auto kind = index(unpromoted(type));
  if (++used_[kind] > kSetSize[kind]) {
    return fail(fmt::format("more than {} of {}", kSetSize[kind], kPieceNames[kind]));
  }
  return {};
}

Result<void> PositionLines::read_even_game(std::string_view removed) {
  any_ = true;
  const Position even = Position::startpos();
  for (int s = 0; s < Square::kCount; ++s) {
    const Piece piece = even.piece_on(Square(s));
    if (piece == Piece::none) continue;
    if (auto placed = put(Square(s), piece); !placed) return placed;
  }
  for (; !removed.empty(); removed.remove_prefix(4)) {
    if (removed.size() < 4) return fail("a removed piece is a square and a name, such as 82HI");
    const auto square = read_square(removed.substr(0, 2));
    if (!square) return tl::unexpected(square.error());
    const auto type = piece_type(removed.substr(2, 2));
    Piece& piece = board_[square->index()];
    if (!type || piece == Piece::none || type_of(piece) != *type) {
      return fail(fmt::format("no such piece to remove from {}", to_usi(*square)));
    }
    --used_[index(*type)];
    piece = Piece::none;
  }
  return {};
}

Result<void> PositionLines::read_rank(int number, int rank, std::string_view text) {
  any_ = true;
  auto cells = by_width(text);
  // Blanks that were lost on the way leave nine squares all the same.
  if (const auto parted = by_blanks(text); parted && parted != cells) {
    auto accepted = deviations_.accept(number, "squares that are not three characters each",
                                       "nine squares, parted by blanks");
    if (!accepted) return accepted;
    cells = parted;
  }
  if (!cells) return fail("expected nine squares of three characters, ' * ' or a sign and a piece");
  for (int file = 8; file >= 0; --file) {
    const std::string_view cell = (*cells)[static_cast<std::size_t>(8 - file)];
    if (cell.empty()) continue;
    const auto type = piece_type(cell.substr(1));
    if (!type) return fail(fmt::format("file {}: expected a piece after the sign", file + 1));
    const Color color = cell[0] == '+' ? Color::black : Color::white;
    if (auto placed = put(Square(file, rank), make_piece(color, *type)); !placed) return placed;
  }
  return {};
}

Result<void> PositionLines::read_placements(Color color, std::string_view pieces) {
  any_ = true;
  for (; !pieces.empty(); pieces.remove_prefix(std::min<std::size_t>(4, pieces.size()))) {
    if (pieces == "00AL") return take_the_rest(color);
    const auto type = pieces.size() < 4 ? std::nullopt : piece_type(pieces.substr(2, 2));
    if (!type) return fail("a piece is a square (00: in hand) and a name, such as 59OU or 00KI");
    if (pieces.starts_with("00")) {
      if (*type == PieceType::king || is_promoted(*type)) {
        return fail("kings and promoted pieces are never in hand");
      }
      if (auto counted = count(*type); !counted) return counted;
      ++hands_[index(color)][index(*type)];
    } else {
      const auto square = read_square(pieces.substr(0, 2));
      if (!square) return tl::unexpected(square.error());
      if (auto placed = put(*square, make_piece(color, *type)); !placed) return placed;
    }
  }
  return {};
}

Result<void> PositionLines::take_the_rest(Color color) {
  for (const PieceType type : kHandTypes) {
    const auto kind = index(type);
    hands_[index(color)][kind] += kSetSize[kind] - used_[kind];
    used_[kind] = kSetSize[kind];
  }
  return {};
}

}  // namespace keisei::shogi::csa
