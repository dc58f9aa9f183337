#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/evaluation_messages.h"
#include "protocol/messages.h"

/// What a trainer sends to `/ingest`. Only the studio reads it; viewers get what it makes of it.
namespace keisei::protocol {

/// Moves of a game: no real one is longer.
inline constexpr int kMostPlies = 1024;

struct RunStarted {
  std::string run_id;
  std::string name;
  std::string preset;
  std::string device;
  std::int64_t parameters;
  int tower_depth;
  int tower_width;
  Reward reward;
  double shaping_coefficient;
  double clip_epsilon;
  int environments;
  double started_at;
};
KEISEI_MESSAGE(RunStarted, "run_started", trainer,
               "Which run is speaking. The first message of every connection.",
               KEISEI_FIELD(run_id, "Unique over all runs.", .max_size = 40),
               KEISEI_FIELD(name, "What the streamer calls it."),
               KEISEI_FIELD(preset, "The configuration preset."),
               KEISEI_FIELD(device, "`cpu`, `cuda:0`."),
               KEISEI_FIELD(parameters, "Weights of the network.", .min = 0),
               KEISEI_FIELD(tower_depth, "Residual blocks.", .min = 0),
               KEISEI_FIELD(tower_width, "Channels of each block.", .min = 0),
               KEISEI_FIELD(reward, "What is rewarded."),
               KEISEI_FIELD(shaping_coefficient, "Weight of the shaping reward; 0 for terminal."),
               KEISEI_FIELD(clip_epsilon, "PPO's clip range.", .min = 0),
               KEISEI_FIELD(environments, "Games played side by side.", .min = 1),
               KEISEI_FIELD(started_at, "When the run began.", kTime))

struct TrainerMetrics {
  std::int64_t update;
  std::int64_t global_step;
  std::int64_t games;
  double emitted_at;
  std::map<std::string, Number> metrics;
};
KEISEI_MESSAGE(
    TrainerMetrics, "trainer_metrics", trainer, "One PPO update, under the trainer's own names.",
    KEISEI_FIELD(update, "1 for the first PPO update of the run.", .min = 0),
    KEISEI_FIELD(global_step, "Positions played so far.", .min = 0),
    KEISEI_FIELD(games, "Finished games of all environments.", .min = 0),
    KEISEI_FIELD(emitted_at, "When training handed it to the hook.", kTime),
    KEISEI_FIELD(metrics,
                 "Those of [Metric](#metric) by their trainers' names; others are allowed. One "
                 "that is out of its range counts as not reported.",
                 .max_size = 64))

struct PolicyMove {
  std::string usi;
  float probability;
};
KEISEI_PART(PolicyMove, "A move and what the policy gave it.",
            KEISEI_FIELD(usi, "`7g7f`.", .max_size = 7),
            KEISEI_FIELD(probability, "Its probability.", .min = 0, .max = 1, .digits = 6))

struct MovePlayed {
  std::string game_id;
  std::int64_t game_number;
  std::int64_t update;
  int ply;
  std::string sfen;
  std::string usi;
  Number probability;
  Number value;
  int legal_moves;
  Number entropy;
  std::vector<PolicyMove> top;
  BoardMap destinations;
  double emitted_at;
};
KEISEI_MESSAGE(MovePlayed, "move_played", trainer,
               "One move of the featured environment, with what the network thought before it.",
               KEISEI_FIELD(game_id, "Unique over all runs.", .max_size = 64),
               KEISEI_FIELD(game_number, "Of the featured environment, from 1.", .min = 1),
               KEISEI_FIELD(update, "The network that played: after this PPO update.", .min = 0),
               KEISEI_FIELD(ply, "Moves played before this one.", .min = 0, .max = kMostPlies - 1),
               KEISEI_FIELD(sfen, "The position before the move.", .max_size = 160),
               KEISEI_FIELD(usi, "The move.", .max_size = 7),
               KEISEI_FIELD(probability, "What the policy gave it.", .min = 0, .max = 1),
               KEISEI_FIELD(value, "The network's value for the side to move.", .min = -1,
                            .max = 1),
               KEISEI_FIELD(legal_moves, "How many moves were legal; 0 if that is not told.",
                            .min = 0, .max = 593),
               KEISEI_FIELD(entropy, "Of the policy over them.", .unit = "nats", .min = 0),
               KEISEI_FIELD(top, "The most probable moves, best first.", .max_size = 5),
               KEISEI_FIELD(destinations,
                            "Policy mass per destination square; all 0 if that is not told.",
                            .min = 0, .max = 1, .digits = 4),
               KEISEI_FIELD(emitted_at, "When training handed it to the hook.", kTime))

struct GameFinished {
  std::string game_id;
  std::int64_t game_number;
  std::int64_t update;
  std::string start_sfen;
  std::vector<std::string> moves;
  std::optional<Side> winner;
  EndReason reason;
  double emitted_at;
};
KEISEI_MESSAGE(
    GameFinished, "game_finished", trainer,
    "A whole game of the featured environment, complete even when move events were dropped.",
    KEISEI_FIELD(game_id, "As in its move_played messages.", .max_size = 64),
    KEISEI_FIELD(game_number, "Of the featured environment, from 1.", .min = 1),
    KEISEI_FIELD(update, "The network that played: after this PPO update.", .min = 0),
    KEISEI_FIELD(start_sfen, "The position before the first move.", .max_size = 160),
    KEISEI_FIELD(moves, "USI.", .max_size = kMostPlies, .item_max_size = 7),
    KEISEI_FIELD(winner, "Null for a draw."), KEISEI_FIELD(reason, "Why it ended."),
    KEISEI_FIELD(emitted_at, "When training handed it to the hook.", kTime))

struct Attention {
  std::string game_id;
  int ply;
  std::int64_t update;
  int block;
  BoardMap activity;
  std::vector<float> gates;
  double emitted_at;
};
KEISEI_MESSAGE(
    Attention, "attention", trainer, "What the last residual block showed at one position.",
    KEISEI_FIELD(game_id, "As in its move_played messages.", .max_size = 64),
    KEISEI_FIELD(ply, "Moves played before; matches move_played.", .min = 0, .max = kMostPlies),
    KEISEI_FIELD(update, "The network looked through.", .min = 0),
    KEISEI_FIELD(block, "Residual block, from 1.", .min = 1),
    KEISEI_FIELD(activity, "Sum over channels of gate times |activation|, raw, board frame.",
                 .min = 0, .digits = 4),
    KEISEI_FIELD(gates, "SE gates of the block's channels.", .min = 0, .max = 1, .digits = 4,
                 .max_size = 1024),
    KEISEI_FIELD(emitted_at, "When training handed it to the hook.", kTime))

struct Heartbeat {
  std::int64_t emitted;
  std::map<std::string, std::int64_t> dropped;
  Number impact_pct;
  Number impact_low_pct;
  Number impact_high_pct;
  Number round_trip_ms;
  StreamingStage stage;
  bool stopped;
  double sent_at;
  Number hook_started_at;
};
KEISEI_MESSAGE(
    Heartbeat, "heartbeat", trainer,
    "Once a second from the publisher thread: the trainer lives, even while it says nothing else.",
    KEISEI_FIELD(emitted, "Events handed to the hook so far.", .min = 0),
    KEISEI_FIELD(dropped, "Events lost so far, by `kind/reason`.", .min = 0, .max_size = 64),
    KEISEI_FIELD(impact_pct, "Measured slowdown of training; null until measured.", .unit = "%"),
    KEISEI_FIELD(impact_low_pct, "Lower end of its 95 % interval.", .unit = "%"),
    KEISEI_FIELD(impact_high_pct, "Upper end of its 95 % interval.", .unit = "%"),
    KEISEI_FIELD(round_trip_ms,
                 "Median of the last 10 s from emitting an event until the showcase's confirmation "
                 "of it was back, by the trainer's steady clock; null until measured.",
                 .unit = "ms", .min = 0, .digits = 4),
    KEISEI_FIELD(stage, "How much the hook streams."),
    KEISEI_FIELD(stopped, "Whether the operator stopped the stream."),
    KEISEI_FIELD(sent_at, "The publisher's clock.", kTime),
    KEISEI_FIELD(hook_started_at,
                 "When the hook began to count `emitted` and `dropped`: another time is another "
                 "hook, which counts from 0.",
                 .unit = kTime.unit, .digits = kTime.digits, .may_be_absent = true))

using TelemetryMessages = MessageList<RunStarted, TrainerMetrics, MovePlayed, GameFinished,
                                      Attention, Heartbeat, EvaluationFinished, CheckpointSaved>;

}  // namespace keisei::protocol
