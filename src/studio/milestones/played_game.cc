#include "studio/milestones/played_game.h"

#include "shogi/usi.h"

namespace keisei::studio {
namespace {

using protocol::EndReason;

bool can_be_won_by(EndReason reason) {
  return reason != EndReason::repetition && reason != EndReason::max_plies;
}

shogi::Color color_of(protocol::Side side) {
  return side == protocol::Side::black ? shogi::Color::black : shogi::Color::white;
}

}  // namespace

std::optional<PlayedGame> read_game(const protocol::GameFinished& finished) {
  const auto start = shogi::Position::from_sfen(finished.start_sfen);
  if (!start) return std::nullopt;
  PlayedGame game{&finished, *start, {}, std::nullopt, false};
  game.moves.reserve(finished.moves.size());
  shogi::Position position = *start;
  for (const std::string& usi : finished.moves) {
    const auto move = shogi::parse_usi(usi, position);
    if (!move) return std::nullopt;
    game.moves.push_back(*move);
    position.do_move(*move);
  }
  if (!finished.winner || !can_be_won_by(finished.reason)) return game;
  const shogi::Color winner = color_of(*finished.winner);
  if (finished.reason == EndReason::checkmate) {
    game.is_mate = !game.moves.empty() && position.side_to_move() == ~winner &&
                   position.in_check() && position.count_legal_moves() == 0;
    if (!game.is_mate) return game;
  }
  game.winner = winner;
  return game;
}

}  // namespace keisei::studio
