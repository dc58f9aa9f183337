#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// What viewers send and receive. Every message is a plain struct, described once below; the JSON
/// codec, the TypeScript types, the JSON Schema and the reference are made from the description.
///
/// Conventions: a board map has 81 numbers, row by row as the board is drawn from Black's side:
/// index = rank * 9 + column, rank 0 = "a" at the top, column 0 = file 9 on the left. Times are
/// seconds since the epoch. A number that is not known is null, never 0.
namespace keisei::protocol {

using BoardMap = std::array<float, 81>;
using Number = std::optional<double>;

enum class Level { beginner, intermediate, advanced };
enum class Language { en, ja };
enum class Channel { metrics, attention, predictions, game, milestones, community, education, system };
enum class Side { black, white };

// ---------------------------------------------------------------- server → viewer

struct ConnectionEstablished {
  std::string client_id;                    // 128 random bits, hex
  int protocol_version;
  double server_time;
  std::vector<std::string> available_channels;
  Level level;                              // what the server understood of the hello
  Language language;
  std::vector<std::string> channels;
};

/// Not a bad update but a bad message of the client: the connection lives on.
struct ErrorMessage {
  std::string code;      // "bad_json", "unknown_type", "bad_field"
  std::string field;     // the offending field, empty if none
  std::string message;   // why, in English
};

enum class Health { healthy, learning, exploring };
enum class Trend { falling, steady, rising };

struct MetricNumbers {
  Number kl_divergence;         // k3 estimate, nats, >= 0
  Number clip_fraction;         // 0..1
  Number entropy;               // nats, >= 0, mean over the update's positions
  Number entropy_max;           // mean ln(number of legal moves) over the same positions
  Number explained_variance;    // <= 1
  Number policy_loss;
  Number value_loss;
  Number learning_rate;
  Number grad_norm;             // global norm before clipping
};

/// One metric as a panel shows it.
struct MetricReading {
  std::string metric;           // "kl_divergence", "clip_fraction", "exploration", "explained_variance"
  std::string name;             // in the viewer's language and for their level
  Number value;                 // exploration: entropy / entropy_max
  Number limit;                 // where "too much" begins, null if there is none
  Health health;
  std::string state;            // "steady steps", …
  std::string meaning;          // what it means here, one sentence
  Trend trend;
  std::vector<Number> history;  // oldest first, at most 100 updates
  std::string formula;          // MathML, advanced level only, else empty
};

struct EducationalContext {
  Health level;
  std::string color_code;       // "#10b981", …
  std::string state;            // the health in a word of the viewer's language
  std::string explanation;      // one sentence
};

struct TrainingSpeed {
  Number samples_per_s;
  Number selfplay_s;            // seconds of the last iteration spent playing
  Number update_s;              // seconds of the last iteration spent learning
};

struct PpoMetrics {
  std::int64_t update;          // 1 for the first PPO update of the run
  std::int64_t global_step;     // environment steps (positions) so far
  std::int64_t games;           // finished games of all environments so far
  MetricNumbers metrics;
  std::vector<MetricReading> readings;
  EducationalContext educational;
  TrainingSpeed performance;
};

/// A move with everything needed to draw and name it.
struct MoveView {
  std::string usi;              // "7g7f", "P*5e"
  std::string western;          // "P-7f"
  std::string japanese;         // "▲７六歩"
  int from;                     // board map index, -1 for a drop
  int to;                       // board map index
  std::string drop;             // "P" for a pawn drop, empty for a board move
};

struct PlayedMove {
  MoveView move;
  Side side;
  Number probability;           // what the policy gave it
  std::optional<int> rank;      // 1 = its favourite; null if not among the top moves
};

struct GameResult {
  std::optional<Side> winner;   // null = draw
  std::string reason;           // "checkmate", "no_legal_move", "repetition", "perpetual_check", "declaration", "max_plies"
  std::string text;             // in the viewer's language
};

/// The featured game as it stands on screen. The director plays it at a viewer's pace.
struct GameState {
  std::string game_id;
  std::int64_t game_number;     // of the featured environment, 1-based
  std::int64_t update;          // the network that played: after this PPO update
  int ply;                      // moves played so far
  std::optional<int> total_plies;  // known when the game has already been finished in training
  std::string sfen;
  Side side_to_move;
  bool in_check;
  std::optional<PlayedMove> last_move;
  Number black_win_probability; // 0..1, always Black's; (value + 1) / 2 of the network
  std::vector<Number> evaluation_history;  // black_win_probability per ply so far, at most 200
  std::optional<GameResult> result;
  std::string commentary;       // one sentence
  std::string note;             // a second, smaller one; may be empty
  double seconds_per_move;
};

struct MovePrediction {
  MoveView move;
  double probability;
  std::string reason;           // rule-based, may be empty
};

/// The policy at the position on screen: what it may play next.
struct MovePredictions {
  std::string game_id;
  int ply;                      // position after this many moves
  Side side_to_move;
  std::vector<MovePrediction> predictions;  // at most 5, most probable first
  int legal_moves;
  Number entropy;               // nats, 0..ln(legal_moves)
  std::optional<BoardMap> destinations;     // chance that the next move lands here; sums to 1
};

/// Where the network's features are active: A(x,y) = sum over channels of gate * |activation| in
/// the last residual block, min-max normalised. Not human attention.
struct SeAttention {
  std::string game_id;
  int ply;                      // position after this many moves
  std::int64_t update;
  std::string method;           // "se_weighted_activation"
  int block;                    // 1-based residual block
  BoardMap weights;             // 0..1
  double min;                   // the raw values behind 0 and 1
  double max;
  std::vector<float> gates;     // SE channel gates 0..1, advanced level only, else empty
};

enum class TrainingState { waiting, running, paused };

struct RunView {
  std::string name;
  std::string preset;
  std::string device;
  std::int64_t parameters;
  int tower_depth;
  int tower_width;
  std::string reward;           // "terminal" or "shaped"
  std::string reward_text;      // in the viewer's language
  double started_at;
};

struct HookView {
  bool connected;
  std::int64_t emitted;
  std::int64_t dropped;
  Number impact_pct;            // measured cost to training; null until measured
};

struct SystemStatus {
  TrainingState training;
  std::string text;             // the state in the viewer's language
  double since;                 // when this state began
  std::optional<RunView> run;
  std::int64_t update;
  std::int64_t games;
  Number samples_per_s;
  int viewers;
  HookView hook;
  Number latency_ms;            // median, emitted in the trainer → frame made, last 10 s
  double uptime_s;
};

// ---------------------------------------------------------------- viewer → server

/// A client's first message, and any later one that changes its wishes. All fields optional.
struct Hello {
  std::optional<Level> level;                        // "educational_level" is an accepted alias
  std::optional<Language> language;
  std::optional<std::vector<std::string>> channels;  // "all" means all of them
  std::optional<int> max_fps;                        // 1..60
  std::optional<std::string> quality;                // "low", "high"
};

}  // namespace keisei::protocol
