#include "usi/position_command.h"

#include <algorithm>

#include "shogi/record/usi_game.h"

namespace keisei::usi {

using shogi::Game;

Game playable(const Game& game) {
  if (!game.is_over() || game.legal_moves().empty()) return game;
  shogi::Rules rules = game.rules();
  rules.max_plies = std::max(rules.max_plies - game.ply(), 1);
  return Game(game.position(), rules);
}

Result<Game> read_position(std::string_view text, const shogi::Rules& rules) {
  const auto record = shogi::read_usi_game(text, shogi::Reading::strict);
  if (!record) return fail("position: " + record.error().message);
  Game game(record->start, rules);
  for (const auto& played : record->moves) {
    if (game.is_over()) game = playable(game);
    game.play(played.move);
  }
  return game;
}

}  // namespace keisei::usi
