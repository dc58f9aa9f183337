#pragma once

#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "recording/lines.h"
#include "recording/reader.h"
#include "recording/turn.h"

// The vocabulary of the recording's tests: turns of a studio that was made at kBegin.
namespace keisei::recording::testing {

inline const Moment kBegin{SteadyTime(std::chrono::hours(7)),
                           WallTime(std::chrono::seconds(1'763'848'000))};

inline Header header() {
  return {.program = "0.1.0",
          .texts = "c0ffee",
          .steady_us = std::chrono::microseconds(std::chrono::hours(7)).count(),
          .wall_us = 1'763'848'000'000'000,
          .per_move_ms = 3000};
}

inline Turn turn(std::chrono::microseconds after, Cause cause) {
  return {{kBegin.steady + after, kBegin.wall + after}, std::move(cause)};
}

/// All that a turn holds, by itself.
inline std::string text(const Turn& turn) {
  std::string line;
  LineWriter(kBegin).append(line, turn);
  return line;
}

inline std::vector<std::string> texts(const std::vector<Turn>& turns) {
  std::vector<std::string> all;
  for (const Turn& turn : turns) all.push_back(text(turn));
  return all;
}

/// What of a recording can be read.
inline std::vector<Turn> all_of(Reader& reader) {
  std::vector<Turn> turns;
  while (auto turn = reader.next()) turns.push_back(std::move(*turn));
  return turns;
}

inline std::shared_ptr<const store::RunMemory> memory() {
  auto memory = std::make_shared<store::RunMemory>();
  memory->run.run_id = "run";
  memory->run.environments = 1;
  memory->segment = 3;
  memory->games = 5;
  memory->game_number = 4;
  memory->is_whole = false;
  for (const int update : {1, 2}) {
    store::KeptUpdate kept{"run", 1, {}};
    kept.metrics.update = update;
    kept.metrics.metrics = {{"a", 1.0 / 3}, {"b", std::numeric_limits<double>::min()}, {"c", {}}};
    memory->updates.push_back(kept);
  }
  store::KeptGame game{"run", 1, {}};
  game.game.game_id = "run-1";
  game.game.game_number = 1;
  game.game.moves = {"7g7f", "3c3d"};
  memory->finished.push_back(game);
  store::KeptMove move{};
  move.run_id = "run";
  move.value = -0.1;
  memory->moves.push_back(move);
  store::KeptEvaluation evaluation{"run", 1, {}};
  evaluation.evaluation.elo = 1e300;
  memory->evaluations.push_back(evaluation);
  store::KeptMilestone milestone{};
  milestone.reached_at = 1763848000.1234567;
  milestone.side = protocol::Side::white;
  memory->milestones.push_back(milestone);
  return memory;
}

}  // namespace keisei::recording::testing
