#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "protocol/types.h"

/// What training code hands to the hook: trivially copyable, fixed size, no pointers, so that an
/// emit is one copy into a ring. The publisher thread turns them into telemetry messages.
///
/// Board maps and squares are in the board frame of protocol/messages.h, never the mover's.
namespace keisei::hook {

inline constexpr int kBoardSquares = 81;
inline constexpr int kTopMoves = 5;
inline constexpr int kMaxGates = 512;
inline constexpr int kMaxGameMoves = 1024;
inline constexpr int kMaxProbes = 16;
inline constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

/// USI text, at most 7 characters, zero-terminated: "7g7f+", "P*5e".
using UsiText = std::array<char, 8>;
/// SFEN text, zero-terminated. The longest legal one has 127 characters + move number.
using SfenText = std::array<char, 144>;

/// A short text, zero-terminated. What is longer is cut off.
template <std::size_t kSize>
using Text = std::array<char, kSize>;

/// Which run is speaking, for a process whose run changes while its hook lives.
struct RunStartedEvent {
  Text<41> run_id{};
  Text<64> name{};
  Text<64> preset{};
  Text<32> device{};
  bool shaped_reward = false;
  double shaping_coefficient = 0;
  double clip_epsilon = 0;
  std::int64_t parameters = 0;
  std::int32_t tower_depth = 0;
  std::int32_t tower_width = 0;
  std::int32_t environments = 1;
  double started_at = 0;  // seconds since the epoch
};

struct MetricsEvent {
  std::int64_t update = 0;
  std::int64_t global_step = 0;
  std::int64_t games = 0;
  double policy_loss = kUnknown;
  double value_loss = kUnknown;
  double entropy = kUnknown;               // positive, nats
  double entropy_max = kUnknown;           // mean ln(legal moves)
  double kl_divergence_approx = kUnknown;  // k3
  double clip_fraction = kUnknown;
  double learning_rate = kUnknown;
  double explained_variance = kUnknown;
  double grad_norm = kUnknown;
  double selfplay_s = kUnknown;
  double update_s = kUnknown;
  double samples_per_s = kUnknown;
};

struct TopMove {
  UsiText usi{};
  float probability = 0;
};

struct MoveEvent {
  std::int64_t game_number = 0;
  std::int64_t update = 0;
  std::int32_t ply = 0;  // moves played before this one
  std::int32_t legal_moves = 0;
  SfenText sfen{};  // before the move
  UsiText usi{};
  float probability = kUnknown;
  float value = kUnknown;  // for the side to move
  float entropy = kUnknown;
  std::int32_t top_count = 0;
  std::array<TopMove, kTopMoves> top{};
  std::array<float, kBoardSquares> destinations{};
};

/// The whole game, so that it is complete even when some of its move events were dropped.
struct GameFinishedEvent {
  std::int64_t game_number = 0;
  std::int64_t update = 0;
  SfenText start_sfen{};
  std::int32_t move_count = 0;
  std::array<UsiText, kMaxGameMoves> moves{};
  std::int8_t winner = -1;  // 0 black, 1 white, -1 draw
  protocol::EndReason reason{};
};

struct AttentionEvent {
  std::int64_t game_number = 0;
  std::int64_t update = 0;
  std::int32_t ply = 0;
  std::int32_t block = 0;  // 1-based
  std::int32_t gate_count = 0;
  std::array<float, kBoardSquares> activity{};
  std::array<float, kMaxGates> gates{};
};

/// How often the network showed one skill.
struct ProbeResult {
  Text<32> name{};  // "mate_in_one"
  std::int32_t successes = 0;
  std::int32_t trials = 0;
};

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
  std::int32_t probe_count = 0;
  std::array<ProbeResult, kMaxProbes> probes{};
};

/// A checkpoint was written.
struct CheckpointEvent {
  std::int64_t update = 0;
  std::int64_t global_step = 0;
  std::int64_t bytes = 0;
  Text<96> name{};  // of the file, without its folder
};

}  // namespace keisei::hook
