#include "shogi/record/jkf_position.h"

#include <fmt/format.h>

#include "shogi/record/csa_words.h"
#include "shogi/record/jkf_fields.h"
#include "shogi/usi.h"

namespace keisei::shogi::jkf {

Result<Position> DrawnPosition::read(const json::object& data) {
  const auto side = color_at(data, "color");
  if (!side) return tl::unexpected(side.error());
  position_.set_side_to_move(*side);
  if (auto placed = read_board(data); !placed) return tl::unexpected(placed.error());
  if (auto held = read_hands(data); !held) return tl::unexpected(held.error());
  return position_;
}

Result<void> DrawnPosition::read_board(const json::object& data) {
  const json::value* board = field(data, "board");
  if (board != nullptr && board->is_object() && board->get_object().empty()) return {};  // no piece
  if (board == nullptr || !board->is_array() || board->get_array().size() != 9) {
    return fail("board is no list of nine files");
  }
  for (int file = 0; file < 9; ++file) {
    const json::value& ranks = board->get_array()[static_cast<std::size_t>(file)];
    if (!ranks.is_array() || ranks.get_array().size() != 9) {
      return fail("a file of the board is no list of nine squares");
    }
    for (int rank = 0; rank < 9; ++rank) {
      const json::value& square = ranks.get_array()[static_cast<std::size_t>(rank)];
      if (auto placed = place(square, Square(file, rank)); !placed) {
        return fail(
            fmt::format("board, {}: {}", to_usi(Square(file, rank)), placed.error().message));
      }
    }
  }
  return {};
}

Result<void> DrawnPosition::place(const json::value& cell, Square square) {
  if (!cell.is_object()) return fail("no object");
  if (field(cell.get_object(), "kind") == nullptr) return {};
  const auto type = piece_at(cell.get_object(), "kind");
  if (!type) return tl::unexpected(type.error());
  const auto color = color_at(cell.get_object(), "color");
  if (!color) return tl::unexpected(color.error());
  if (*type == PieceType::king && position_.has_king(*color)) return fail("a second king");
  if (auto counted = count(*type, 1); !counted) return counted;
  position_.put(square, make_piece(*color, *type));
  return {};
}

Result<void> DrawnPosition::read_hands(const json::object& data) {
  const json::value* hands = field(data, "hands");
  if (hands == nullptr || !hands->is_array() || hands->get_array().size() != 2) {
    return fail("hands is no list of two");
  }
  for (const Color color : {Color::black, Color::white}) {
    const json::value& hand = hands->get_array()[index(color)];
    if (!hand.is_object()) return fail("a hand is no object");
    for (const PieceType type : kHandTypes) {
      const auto name = csa::kPieceNames[index(type)];
      if (field(hand.get_object(), name) == nullptr) continue;
      const auto held = number_at(hand.get_object(), name, 0, csa::kSetSize[index(type)]);
      if (!held) return tl::unexpected(held.error());
      if (auto counted = count(type, *held); !counted) return counted;
      position_.put_in_hand(color, type, *held);
    }
  }
  return {};
}

Result<void> DrawnPosition::count(PieceType type, int pieces) {
  const auto kind = index(unpromoted(type));
  used_[kind] += pieces;
  if (used_[kind] <= csa::kSetSize[kind]) return {};
  return fail(fmt::format("more than {} of {}", csa::kSetSize[kind], csa::kPieceNames[kind]));
}

}  // namespace keisei::shogi::jkf
