#include "match.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "shogi/game.h"
#include "shogi/usi.h"

using keisei::shogi::Color;
using keisei::shogi::Game;
using std::chrono::milliseconds;

namespace {

// How long an engine may be silent before it is given up.
constexpr milliseconds kSilence{20'000};

void expect(EngineProcess& engine, std::string_view command, std::string_view answer) {
  engine.send(command);
  if (!engine.read_until(answer, kSilence)) {
    throw std::runtime_error(fmt::format("no {} after {}", answer, command));
  }
}

}  // namespace

MatchReport Match::play() {
  for (EngineProcess* engine : engines_) {
    expect(*engine, "usi", "usiok");
    engine->send(fmt::format("setoption name Nodes value {}", options_.nodes));
    engine->send(fmt::format("setoption name MaxPlies value {}", options_.max_plies));
    // So that no two games are alike.
    engine->send("setoption name Temperature value 100");
  }
  for (int game = 0; game < options_.games; ++game) ++report_.endings[play_game(game)];
  report_.games = options_.games;
  report_.ms_per_move_mean = ms_sum_ / std::max(1, report_.plies);
  return report_;
}

std::string Match::play_game(int number) {
  for (EngineProcess* engine : engines_) {
    expect(*engine, "isready", "readyok");
    engine->send("usinewgame");
  }
  Game game(keisei::shogi::Position::startpos(),
            {.max_plies = options_.max_plies, .automatic_declaration = false});
  std::string position = "position startpos moves";
  const auto fault = [&](int& counter, const std::string& what) {
    ++counter;
    report_.faults.push_back(fmt::format("game {}: {} after \"{}\"", number, what, position));
    return what;
  };
  while (!game.is_over()) {
    const auto mover = static_cast<std::size_t>(game.position().side_to_move());
    EngineProcess& engine = *engines_[(mover + static_cast<std::size_t>(number)) % 2];
    engine.send(position);
    const auto begun = std::chrono::steady_clock::now();
    engine.send(fmt::format("go btime 0 wtime 0 byoyomi {}", options_.byoyomi.count()));
    const auto answer = engine.read_until("bestmove ", kSilence);
    const double ms =
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
    if (!answer || ms > static_cast<double>(options_.byoyomi.count())) {
      return fault(report_.time_losses, "time_loss");
    }
    ++report_.plies;
    ms_sum_ += ms;
    report_.ms_per_move_max = std::max(report_.ms_per_move_max, ms);
    std::string text = answer->substr(answer->find(' ') + 1);
    text = text.substr(0, text.find(' '));
    if (text == "win") {
      if (!game.declare()) return fault(report_.illegal_moves, "wrong_declaration");
      break;
    }
    // Nothing tells these engines to resign, and who is mated is not asked for a move.
    if (text == "resign") return fault(report_.illegal_moves, "resignation");
    const auto move = keisei::shogi::parse_usi(text, game.position());
    if (!move) return fault(report_.illegal_moves, "illegal_move " + text);
    game.play(*move);
    position += " " + text;
  }
  const auto& result = *game.result();
  for (const Color color : {Color::black, Color::white}) {
    const auto side = static_cast<std::size_t>(color);
    engines_[(side + static_cast<std::size_t>(number)) % 2]->send(!result.winner ? "gameover draw"
                                                                  : *result.winner == color
                                                                      ? "gameover win"
                                                                      : "gameover lose");
  }
  return std::string(to_string(result.reason));
}
