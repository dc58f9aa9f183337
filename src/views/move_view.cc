#include "views/move_view.h"

#include "shogi/japanese.h"
#include "shogi/usi.h"
#include "shogi/western.h"

namespace keisei::views {
namespace {

// Of a board map (docs/protocol.md).
int map_index(shogi::Square square) { return square.rank() * 9 + (8 - square.file()); }

}  // namespace

protocol::MoveView view_of(const shogi::Position& before, shogi::Move move,
                           std::optional<shogi::Square> last_to) {
  protocol::MoveView view{};
  view.usi = shogi::to_usi(move);
  view.western = shogi::to_western(before, move);
  view.japanese = shogi::to_japanese(before, move, last_to);
  view.from = move.is_drop() ? -1 : map_index(move.from());
  view.to = map_index(move.to());
  if (move.is_drop()) {
    view.drop = shogi::to_sfen(shogi::make_piece(shogi::Color::black, move.drop_type()));
  }
  return view;
}

}  // namespace keisei::views
