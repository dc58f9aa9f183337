#include "studio/forecast/remembered_games.h"

#include <cstddef>
#include <map>
#include <string>

#include "studio/forecast/value_watch.h"

namespace keisei::studio {

// A game may have been played twice, by a run that went on from an older checkpoint: each move
// tells what was thought in the game that it belongs to.
std::vector<EndedForecasts> remembered_games(const store::RunMemory& memory) {
  std::map<std::string, std::vector<const store::KeptMove*>> moves;
  for (const store::KeptMove& move : memory.moves) moves[move.game_id].push_back(&move);
  std::vector<EndedForecasts> games;
  for (const store::KeptGame& kept : memory.finished) {
    const auto found = moves.find(kept.game.game_id);
    if (found == moves.end()) continue;
    SaidInGame said(kept.game.moves.size());
    for (const store::KeptMove* move : found->second) {
      const auto ply = static_cast<std::size_t>(move->ply);
      if (ply < said.size() && kept.game.moves[ply] == move->usi) {
        said[ply] = {move->usi, move->value};
      }
    }
    games.push_back(forecasts_of(kept.game, said));
  }
  return games;
}

}  // namespace keisei::studio
