#include "studio/forecast/value_watch.h"

#include <algorithm>
#include <utility>

#include "shogi/position.h"
#include "studio/forecast/mean_of_two.h"

namespace keisei::studio {
namespace {

double score_of(const protocol::GameFinished& game) {
  if (!game.winner) return 0.5;
  return *game.winner == protocol::Side::black ? 1 : 0;
}

bool black_begins(const protocol::GameFinished& game) {
  const auto start = shogi::Position::from_sfen(game.start_sfen);
  return !start || start->side_to_move() == shogi::Color::black;
}

template <class Games>
auto find(Games& games, const std::string& id) {
  return std::find_if(games.begin(), games.end(), [&](const auto& one) { return one.id == id; });
}

}  // namespace

EndedForecasts forecasts_of(const protocol::GameFinished& game, const SaidInGame& said) {
  EndedForecasts forecasts{game.game_id, {}, score_of(game)};
  const bool begins = black_begins(game);
  const auto for_black = [&](std::size_t ply) -> protocol::Number {
    if (ply >= said.size() || said[ply].usi != game.moves[ply]) return std::nullopt;
    return said_for_black(said[ply].value, begins == (ply % 2 == 0));
  };
  for (std::size_t i = 0; i < EndedForecasts::kPositions; ++i) {
    const auto ply =
        static_cast<std::size_t>(EndedForecasts::ply_of(i, static_cast<int>(game.moves.size())));
    if (ply > 0) forecasts.raw[i] = mean_of_two(for_black(ply - 1), for_black(ply));
  }
  return forecasts;
}

bool ValueWatch::knows(const std::string& game_id) const {
  return find(games_, game_id) != games_.end();
}

void ValueWatch::begin(const std::string& game_id, const ForecastBasis& basis) {
  if (games_.size() == kMostGames) games_.pop_front();
  games_.push_back({game_id, basis});
}

void ValueWatch::hear(const protocol::MovePlayed& played) {
  SaidInGame& said = find(games_, played.game_id)->said;
  const auto ply = static_cast<std::size_t>(played.ply);
  if (ply < said.size() && !said[ply].usi.empty()) {
    if (said[ply].usi == played.usi) return;
    said.resize(ply);
  }
  if (said.size() <= ply) said.resize(ply + 1);
  said[ply] = {played.usi, played.value};
}

std::optional<ValueWatch::Game> ValueWatch::end(const std::string& game_id) {
  const auto place = find(games_, game_id);
  if (place == games_.end()) return std::nullopt;
  std::optional<Game> game = std::move(*place);
  games_.erase(place);
  return game;
}

}  // namespace keisei::studio
