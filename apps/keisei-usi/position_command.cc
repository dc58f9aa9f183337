#include "position_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "shogi/usi.h"

using keisei::fail;
using keisei::Result;
using keisei::shogi::Game;
using keisei::shogi::Position;

Game playable(const Game& game) {
  if (!game.is_over() || game.legal_moves().empty()) return game;
  keisei::shogi::Rules rules = game.rules();
  rules.max_plies = std::max(rules.max_plies - game.ply(), 1);
  return Game(game.position(), rules);
}

Result<Game> read_position(Words words, const keisei::shogi::Rules& rules) {
  Position start = Position::startpos();
  if (words.take("sfen")) {
    std::string sfen;
    while (!words.done() && words.peek() != "moves") {
      sfen += (sfen.empty() ? "" : " ") + std::string(words.take());
    }
    const auto read = Position::from_sfen(sfen);
    if (!read) return fail("position: " + read.error().message);
    start = *read;
  } else if (!words.take("startpos")) {
    return fail("position: startpos or sfen must follow");
  }
  Game game(start, rules);
  if (words.done()) return game;
  if (!words.take("moves")) {
    return fail(fmt::format("position: expected moves, not \"{}\"", words.peek().substr(0, 20)));
  }
  for (int number = 1; !words.done(); ++number) {
    const auto move = keisei::shogi::parse_usi(words.take(), game.position());
    if (!move) return fail(fmt::format("position: move {}: {}", number, move.error().message));
    if (game.is_over()) game = playable(game);
    game.play(*move);
  }
  return game;
}
