#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "protocol/telemetry.h"

/// What the show keeps of a run, as the studio hands it over: complete, checked, each thing as
/// often as it happened. A resume from an older checkpoint goes on in a new *segment* of the run
/// (from 1) and overwrites nothing.
namespace keisei::store {

/// A run is heard of, or says anew what it is.
struct KeptRun {
  protocol::RunStarted run;
};

/// A PPO update.
struct KeptUpdate {
  std::string run_id;
  int segment;
  protocol::TrainerMetrics metrics;
};

/// A move of a game that may not be over; what the network thought before it. The same move may be
/// told twice: the first one counts.
struct KeptMove {
  std::string run_id;
  std::string game_id;
  int ply;  // moves played before it
  std::string usi;
  std::int64_t update;
  protocol::Number probability;
  protocol::Number value;  // of the side to move
  protocol::Number entropy;
  std::optional<int> rank;  // 1 for the policy's favourite; none outside its top moves
  int legal_moves;
};

/// A finished game. The moves that were told of it belong to it.
struct KeptGame {
  std::string run_id;
  int segment;
  protocol::GameFinished game;
};

struct KeptEvaluation {
  std::string run_id;
  int segment;
  protocol::EvaluationFinished evaluation;
};

struct KeptCheckpoint {
  std::string run_id;
  int segment;
  protocol::CheckpointSaved checkpoint;
};

/// Something that happened for the first time in a run, or was never so much before.
struct KeptMilestone {
  std::string run_id;
  std::string key;  // unique in its run
  std::int64_t update;
  protocol::Number value;                     // what was reached, if it is a number
  std::optional<std::string> game_id;         // where it can be seen
  std::optional<int> ply;                     // the position after this many moves
  double reached_at;                          // seconds since the epoch
  std::optional<protocol::Side> side{};       // whose it is, if it is one side's
  std::optional<std::int64_t> game_number{};  // of game_id, as viewers know it
};

using Entry = std::variant<KeptRun, KeptUpdate, KeptMove, KeptGame, KeptEvaluation, KeptCheckpoint,
                           KeptMilestone>;

/// Whether somebody is told that it is kept: then it is on the disk first, and not only on its way.
template <class Kept>
inline constexpr bool kIsPromised = true;
template <>
inline constexpr bool kIsPromised<KeptUpdate> = false;
template <>
inline constexpr bool kIsPromised<KeptMove> = false;

inline bool is_promised(const Entry& entry) {
  return std::visit([]<class Kept>(const Kept&) { return kIsPromised<Kept>; }, entry);
}

}  // namespace keisei::store
