#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "protocol/telemetry.h"
#include "studio/forecast/ended_forecasts.h"
#include "studio/forecast/forecast_basis.h"

namespace keisei::studio {

/// What a network said before each move of a game, in the order of its plies; none where it is not
/// known.
struct SaidBefore {
  std::string usi;
  protocol::Number value;  // for the side to move, -1 to 1
};
using SaidInGame = std::vector<SaidBefore>;

/// What was forecast of the game, as far as the moves that it was said before are those of the
/// game.
EndedForecasts forecasts_of(const protocol::GameFinished& game, const SaidInGame& said);

/// What is said in games that have not ended, whether every move of them is told or not, and of
/// which basis their forecasts are told. Bounded: of so many games at once.
class ValueWatch {
 public:
  static constexpr std::size_t kMostGames = 32;

  struct Game {
    std::string id;
    ForecastBasis basis;
    SaidInGame said{};
  };

  bool knows(const std::string& game_id) const;
  void begin(const std::string& game_id, const ForecastBasis& basis);
  /// The first word on a move counts. Another move in its place: the game is played anew from
  /// there, and what came after is of no game any more. Precondition: the game is known.
  void hear(const protocol::MovePlayed& played);
  /// Takes the game out; none if nothing was heard of it.
  std::optional<Game> end(const std::string& game_id);

 private:
  std::deque<Game> games_;  // by first mention, oldest first
};

}  // namespace keisei::studio
