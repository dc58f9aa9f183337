#include "position_command.h"

#include <algorithm>

#include "shogi/record/usi_game.h"

using keisei::fail;
using keisei::Result;
using keisei::shogi::Game;

Game playable(const Game& game) {
  if (!game.is_over() || game.legal_moves().empty()) return game;
  keisei::shogi::Rules rules = game.rules();
  rules.max_plies = std::max(rules.max_plies - game.ply(), 1);
  return Game(game.position(), rules);
}

Result<Game> read_position(std::string_view text, const keisei::shogi::Rules& rules) {
  const auto record = keisei::shogi::read_usi_game(text);
  if (!record) return fail("position: " + record.error().message);
  Game game(record->start, rules);
  for (const auto& played : record->moves) {
    if (game.is_over()) game = playable(game);
    game.play(played.move);
  }
  return game;
}
