#include "games.h"

#include <map>
#include <utility>
#include <variant>

#include "protocol/codec.h"
#include "recording/reader.h"
#include "store/recollection.h"
#include "studio/forecast/mean_of_two.h"

namespace protocol = keisei::protocol;
namespace store = keisei::store;
namespace studio = keisei::studio;
using keisei::fail;
using keisei::Result;

namespace {

/// What was said before each move, by game and ply.
using Said = std::map<std::string, std::map<int, store::KeptMove>>;

/// The games start with Black's move: all of the trainer's do.
ForecastGame game_of(const protocol::GameFinished& finished, const Said& said) {
  const auto score = !finished.winner ? 0.5 : *finished.winner == protocol::Side::black ? 1.0 : 0.0;
  ForecastGame game{finished.game_id, finished.update, score, {}};
  const auto moves = said.find(finished.game_id);
  const auto for_black = [&](int ply) -> protocol::Number {
    if (moves == said.end()) return std::nullopt;
    const auto found = moves->second.find(ply);
    if (found == moves->second.end()) return std::nullopt;
    if (found->second.usi != finished.moves[static_cast<std::size_t>(ply)]) return std::nullopt;
    return studio::said_for_black(found->second.value, ply % 2 == 0);
  };
  for (int ply = 0; ply < static_cast<int>(finished.moves.size()); ++ply) {
    game.raw.push_back(ply == 0 ? for_black(0)
                                : studio::mean_of_two(for_black(ply - 1), for_black(ply)));
  }
  return game;
}

Result<ForecastGames> kept_games(const std::string& path) {
  const auto memory = store::recollect(path, std::nullopt);
  if (!memory) return fail(memory.error().why);
  if (!*memory) return fail(path + " holds no run");
  Said said;
  for (const store::KeptMove& move : (*memory)->moves) said[move.game_id][move.ply] = move;
  ForecastGames games;
  for (const store::KeptGame& kept : (*memory)->finished) {
    if (said.contains(kept.game.game_id)) games.push_back(game_of(kept.game, said));
  }
  return games;
}

Result<ForecastGames> recorded_games(const std::string& path) {
  auto turns = keisei::recording::Reader::open(path);
  if (!turns) return fail(turns.error().message);
  Said said;
  ForecastGames games;
  while (const auto turn = turns->next()) {
    const auto* input = std::get_if<keisei::broker::Input>(&turn->cause);
    const auto* telemetry = input ? std::get_if<keisei::broker::Telemetry>(input) : nullptr;
    if (telemetry == nullptr) continue;
    const auto told = protocol::decode_telemetry(telemetry->json);
    if (!told) continue;
    if (const auto* move = std::get_if<protocol::MovePlayed>(&*told)) {
      said[move->game_id][move->ply] = {{}, move->game_id, move->ply, move->usi, move->update,
                                        {}, move->value,   {},        {},        move->legal_moves};
    }
    if (const auto* end = std::get_if<protocol::GameFinished>(&*told)) {
      games.push_back(game_of(*end, said));
      said.erase(end->game_id);
    }
  }
  return games;
}

}  // namespace

Result<ForecastGames> read_games(const std::string& path) {
  if (path.ends_with(".rec")) return recorded_games(path);
  if (path.ends_with(".db")) return kept_games(path);
  return fail(path + ": neither a store (.db) nor a recording (.rec)");
}
