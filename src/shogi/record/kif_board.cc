#include "shogi/record/kif_board.h"

#include <fmt/format.h>

#include "shogi/record/kif_words.h"
#include "shogi/usi.h"

namespace keisei::shogi::kif {
namespace {

/// A set has this many of each type, by unpromoted type.
constexpr int kSetSize[9] = {0, 18, 4, 4, 4, 4, 2, 2, 2};

std::string hand_text(const Position& position, Color color) {
  std::string text;
  for (auto type = std::rbegin(kHandTypes); type != std::rend(kHandTypes); ++type) {
    const int n = position.hand_count(color, *type);
    if (n == 0) continue;
    text += board_name(*type);
    if (n > 1) text += kanji_number(n);
    text += "　";
  }
  return text.empty() ? "なし" : text;
}

}  // namespace

Result<void> BoardReader::count(Piece piece, int n) {
  const auto kind = index(unpromoted(type_of(piece)));
  if (type_of(piece) == PieceType::king && position_.has_king(color_of(piece))) {
    return fail("a second king of one color");
  }
  used_[kind] += n;
  if (used_[kind] > kSetSize[kind]) {
    return fail(
        fmt::format("more than {} of {}", kSetSize[kind], board_name(unpromoted(type_of(piece)))));
  }
  return {};
}

Result<void> BoardReader::read_rank(std::string_view line) {
  any_ = true;
  TextCursor text(line);
  text.take("|");
  Piece cells[9] = {};
  for (Piece& cell : cells) {
    const bool white = text.take("v");
    if (!white) text.take(" ") || text.take("^");
    const auto type = take_piece(text);
    if (type) {
      cell = make_piece(white ? Color::white : Color::black, *type);
    } else if (!text.take("・")) {
      return fail("expected nine squares, each ・ or a piece");
    }
  }
  const int rank = text.take("|") ? text.take_any(kKanjiDigits) : -1;
  if (rank < 0) return fail("expected '|' and the rank after nine squares");
  if ((ranks_read_ >> rank & 1U) != 0) return fail("that rank was drawn before");
  ranks_read_ |= 1U << rank;
  for (int i = 0; i < 9; ++i) {
    if (cells[i] == Piece::none) continue;
    if (auto counted = count(cells[i], 1); !counted) return counted;
    position_.put(Square(8 - i, rank), cells[i]);
  }
  return {};
}

Result<void> BoardReader::read_hand(Color color, std::string_view pieces) {
  any_ = true;
  TextCursor text(pieces);
  text.skip_spaces();
  if (text.take("なし")) text.skip_spaces();
  while (!text.done()) {
    const auto type = take_piece(text);
    if (!type || is_promoted(*type) || *type == PieceType::king) {
      return fail("expected pieces for a hand, such as 飛　歩二, or なし");
    }
    const int n = take_kanji_number(text).value_or(1);
    if (position_.hand_count(color, *type) > 0) return fail("a piece is in that hand twice");
    if (auto counted = count(make_piece(color, *type), n); !counted) return counted;
    position_.put_in_hand(color, *type, n);
    text.skip_spaces();
  }
  return {};
}

Result<Position> BoardReader::finish() const {
  if (ranks_read_ != 0x1FF) return fail("the drawn board lacks ranks");
  Position position = position_;
  position.set_side_to_move(side_.value_or(Color::black));
  return position;
}

std::string draw_board(const Position& position) {
  std::string text = fmt::format("後手の持駒：{}\n", hand_text(position, Color::white));
  text += "  ９ ８ ７ ６ ５ ４ ３ ２ １\n+---------------------------+\n";
  for (int rank = 0; rank < 9; ++rank) {
    text += '|';
    for (int file = 8; file >= 0; --file) {
      const Piece piece = position.piece_on(Square(file, rank));
      text += piece != Piece::none && color_of(piece) == Color::white ? 'v' : ' ';
      text += piece == Piece::none ? "・" : board_name(type_of(piece));
    }
    text += fmt::format("|{}\n", kKanjiDigits[static_cast<std::size_t>(rank)]);
  }
  text += "+---------------------------+\n";
  text += fmt::format("先手の持駒：{}\n", hand_text(position, Color::black));
  return text + (position.side_to_move() == Color::black ? "先手番\n" : "後手番\n");
}

}  // namespace keisei::shogi::kif
