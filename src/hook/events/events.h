#pragma once

#include <boost/describe/class.hpp>
#include <cstdint>
#include <optional>

#include "hook/events/event_fields.h"
#include "protocol/metric_table.h"
#include "protocol/types.h"

/// What training code hands to the hook: an emit is one copy into a ring. The publisher thread
/// turns events into the telemetry messages that event_list.h names; a field of an event becomes
/// the field of that name, whose description (protocol/telemetry.h) says what it means and may
/// hold.
///
/// Board maps and squares are in the board frame of protocol/types.h, never the mover's. A figure
/// that is NaN is unknown.
namespace keisei::hook {

using protocol::BoardMap;
using protocol::EndReason;
using protocol::Metric;
using protocol::Reward;
using protocol::Side;

inline constexpr int kBoardSquares = 81;
inline constexpr int kTopMoves = 5;
inline constexpr int kMaxGates = 512;
inline constexpr int kMaxGameMoves = 1024;
inline constexpr int kMaxSkills = 16;
inline constexpr int kMaxPastScores = 16;
inline constexpr int kMaxAnchorScores = 8;

inline constexpr const char* kStartSfen =
    "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";

/// Which run is speaking, for a process whose run changes while its hook lives.
struct RunStartedEvent {
  Text<41> run_id;
  Text<64> name;
  Text<64> preset;
  Text<32> device = "cpu";
  std::int64_t parameters = 0;
  std::int32_t tower_depth = 0;
  std::int32_t tower_width = 0;
  std::int32_t environments = 1;
  Reward reward = Reward::terminal;
  double shaping_coefficient = 0;
  double clip_epsilon = 0.2;
  double started_at = 0;  // seconds since the epoch
};
BOOST_DESCRIBE_STRUCT(RunStartedEvent, (),
                      (run_id, name, preset, device, parameters, tower_depth, tower_width,
                       environments, reward, shaping_coefficient, clip_epsilon, started_at))

/// A figure for each metric of protocol/metric_table.h, unknown at first.
struct Figures : protocol::EnumMap<Metric, double> {
  Figures() : EnumMap{} { values.fill(kUnknown); }
};

struct MetricsEvent {
  std::int64_t update = 0;
  std::int64_t global_step = 0;
  std::int64_t games = 0;
  Figures metrics;
};
BOOST_DESCRIBE_STRUCT(MetricsEvent, (), (update, global_step, games, metrics))

struct TopMove {
  UsiText usi;
  float probability = 0;
};
BOOST_DESCRIBE_STRUCT(TopMove, (), (usi, probability))

struct MoveEvent {
  std::int64_t game_number = 0;
  std::int64_t update = 0;
  std::int32_t ply = 0;  // moves played before this one
  SfenText sfen;         // before the move
  UsiText usi;
  float value = kUnknown;  // for the side to move
  float probability = kUnknown;
  float entropy = kUnknown;
  std::int32_t legal_moves = 0;
  List<TopMove, kTopMoves> top;
  BoardMap destinations{};
};
BOOST_DESCRIBE_STRUCT(MoveEvent, (),
                      (game_number, update, ply, sfen, usi, value, probability, entropy,
                       legal_moves, top, destinations))

/// The whole game, so that it is complete even when some of its move events were dropped.
struct GameFinishedEvent {
  std::int64_t game_number = 0;
  std::int64_t update = 0;
  SfenText start_sfen = kStartSfen;
  List<UsiText, kMaxGameMoves> moves;
  std::optional<Side> winner;  // none: a draw
  EndReason reason = EndReason::max_plies;
};
BOOST_DESCRIBE_STRUCT(GameFinishedEvent, (),
                      (game_number, update, start_sfen, moves, winner, reason))

struct AttentionEvent {
  std::int64_t game_number = 0;
  std::int64_t update = 0;
  std::int32_t ply = 0;
  std::int32_t block = 1;  // from 1
  BoardMap activity{};
  List<float, kMaxGates> gates;
};
BOOST_DESCRIBE_STRUCT(AttentionEvent, (), (game_number, update, ply, block, activity, gates))

/// How often the network showed one skill.
struct Skill {
  Text<32> name;  // "mate_in_one"
  std::int32_t successes = 0;
  std::int32_t trials = 0;
};
BOOST_DESCRIBE_STRUCT(Skill, (), (name, successes, trials))

/// New games against a frozen network of the same run.
struct PastScore {
  std::int64_t update = 0;  // the opponent: as it was after this PPO update
  std::int32_t wins = 0;    // of the network that is measured
  std::int32_t draws = 0;
  std::int32_t losses = 0;
};
BOOST_DESCRIBE_STRUCT(PastScore, (), (update, wins, draws, losses))

/// New games against a player that never learns; without any it only says where that one stands.
struct AnchorScore {
  Text<32> name;          // "random_mover", "capture_greedy", "material_one_ply"
  std::int32_t wins = 0;  // of the network that is measured
  std::int32_t draws = 0;
  std::int32_t losses = 0;
  double elo = kUnknown;  // of this player, on the scale of EvaluationEvent::elo
  double elo_error = kUnknown;
};
BOOST_DESCRIBE_STRUCT(AnchorScore, (), (name, wins, draws, losses, elo, elo_error))

/// For how long the run has trained since a frozen network was frozen.
struct PastAge {
  std::int64_t update = 0;
  double seconds = 0;
};
BOOST_DESCRIBE_STRUCT(PastAge, (), (update, seconds))

/// How strong the network was found to be. What was not measured stays unknown or 0.
struct EvaluationEvent {
  std::int64_t update = 0;       // the network that was measured: after this PPO update
  std::int64_t global_step = 0;  // positions played until then
  // Matches against a uniformly random mover, draws counting half.
  std::int32_t random_games = 0;
  double random_score = kUnknown;  // 0..1
  double random_low = kUnknown;    // 95 % interval
  double random_high = kUnknown;
  // Against frozen networks of the same run; a scale without an absolute zero.
  double elo = kUnknown;
  double elo_error = kUnknown;  // half the 95 % interval
  List<Skill, kMaxSkills> skills;
  List<PastScore, kMaxPastScores> past_scores;
  List<AnchorScore, kMaxAnchorScores> anchor_scores;
  List<PastAge, kMaxPastScores> past_ages;  // of the opponents in past_scores
};
BOOST_DESCRIBE_STRUCT(EvaluationEvent, (),
                      (update, global_step, random_games, random_score, random_low, random_high,
                       elo, elo_error, skills, past_scores, anchor_scores, past_ages))

/// A checkpoint was written.
struct CheckpointEvent {
  std::int64_t update = 0;
  std::int64_t global_step = 0;
  std::int64_t bytes = 0;
  Text<96> name;  // of the file, without its folder
};
BOOST_DESCRIBE_STRUCT(CheckpointEvent, (), (update, global_step, bytes, name))

}  // namespace keisei::hook
