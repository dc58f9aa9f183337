#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/messages.h"

/// What a trainer sends to `/ingest`. Only the studio reads it; viewers get what it makes of it.
namespace keisei::protocol {

struct RunStarted {
  std::string run_id;
  std::string name;
  std::string preset;
  std::string device;           // "cpu", "cuda:0"
  std::int64_t parameters;
  int tower_depth;
  int tower_width;
  std::string reward;           // "terminal" or "shaped"
  double shaping_coefficient;   // 0 for terminal
  double clip_epsilon;
  int environments;
  double started_at;
};

/// One PPO update. Keys keep the trainer's names: "ppo/policy_loss", "ppo/value_loss", "ppo/entropy"
/// (positive), "ppo/kl_divergence_approx" (k3), "ppo/clip_fraction", "ppo/learning_rate",
/// "ppo/explained_variance", "ppo/grad_norm", "ppo/entropy_max", "time/selfplay_s",
/// "time/update_s", "time/samples_per_s".
struct TrainerMetrics {
  std::int64_t update;
  std::int64_t global_step;
  std::int64_t games;
  double emitted_at;
  std::map<std::string, Number> metrics;
};

struct PolicyMove {
  std::string usi;
  float probability;
};

/// One move of the featured environment, with what the network thought before it.
struct MovePlayed {
  std::string game_id;
  std::int64_t game_number;
  std::int64_t update;
  int ply;                       // moves played before this one
  std::string sfen;              // the position before the move
  std::string usi;               // the move
  float probability;             // of the move
  Number value;                  // for the side to move, -1..1
  int legal_moves;
  float entropy;                 // nats
  std::vector<PolicyMove> top;   // at most 5
  BoardMap destinations;         // policy mass per destination square
  double emitted_at;
};

struct GameFinished {
  std::string game_id;
  std::int64_t game_number;
  std::int64_t update;
  std::string start_sfen;
  std::vector<std::string> moves;  // USI, the whole game
  std::optional<Side> winner;
  std::string reason;              // as GameResult::reason
  double emitted_at;
};

struct Attention {
  std::string game_id;
  int ply;                       // moves played before; matches MovePlayed::ply
  std::int64_t update;
  int block;
  BoardMap activity;             // raw, >= 0, board frame (not the mover's)
  std::vector<float> gates;
  double emitted_at;
};

/// Once a second from the publisher thread: the trainer lives, even while it says nothing else.
struct Heartbeat {
  std::int64_t emitted;
  std::map<std::string, std::int64_t> dropped;  // by "kind/reason"
  Number impact_pct;
  double sent_at;
};

}  // namespace keisei::protocol
