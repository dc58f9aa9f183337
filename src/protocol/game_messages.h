#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/series.h"
#include "protocol/types.h"

namespace keisei::protocol {

struct MoveView {
  std::string usi;
  std::string western;
  std::string japanese;
  int from;
  int to;
  std::string drop;
};
KEISEI_PART(MoveView, "A move with everything needed to draw and name it.",
            KEISEI_FIELD(usi, "`7g7f`, `2b3c+`, `P*5e`.", .max_size = 7),
            KEISEI_FIELD(western, "`P-7f`.", .max_size = 32),
            KEISEI_FIELD(japanese, "`▲７六歩`.", .max_size = 64),
            KEISEI_FIELD(from, "Board map index, -1 for a drop.", .min = -1, .max = 80),
            KEISEI_FIELD(to, "Board map index.", .min = 0, .max = 80),
            KEISEI_FIELD(drop, "`P` for a pawn drop, empty for a board move.", .max_size = 1))

struct PlayedMove {
  MoveView move;
  Side side;
  Number probability;
  std::optional<int> rank;
};
KEISEI_PART(PlayedMove, "A move of the featured game.", KEISEI_FIELD(move, "The move."),
            KEISEI_FIELD(side, "Who played it."),
            KEISEI_FIELD(probability, "What the policy gave it.", .min = 0, .max = 1, .digits = 4),
            KEISEI_FIELD(rank, "1 for the network's favourite; null outside its top moves.",
                         .min = 1))

struct GameResult {
  std::optional<Side> winner;
  EndReason reason;
  std::string text;
};
KEISEI_PART(GameResult, "How a game ended.", KEISEI_FIELD(winner, "Null for a draw."),
            KEISEI_FIELD(reason, "Why it ended."),
            KEISEI_FIELD(text, "The same in the viewer's language."))

KEISEI_ENUM(EstimateSource,
            "Where a forecast comes from: the value that the `network` gives the position, before "
            "the next move, or the `result` of the game, after its last.",
            network, result)

struct WinEstimate {
  EstimateSource source;
  std::int64_t update;
  Number error;
};
KEISEI_PART(WinEstimate, "What a forecast is of, beside its position and its side.",
            KEISEI_FIELD(source, "Where it comes from."),
            KEISEI_FIELD(update,
                         "The network that estimated the newer of its two positions, or played the "
                         "last move: after this PPO update.",
                         .min = 0),
            KEISEI_FIELD(error,
                         "Half the width of its 95 % interval; null: nobody knows how sure it is.",
                         .min = 0, .digits = 4))

struct ForecastRecord {
  int right;
  int of;
  int even;
};
KEISEI_PART(
    ForecastRecord,
    "How often the forecast halfway through a game was on the side that then won, of the newest "
    "games that were won: 20 or fewer.",
    KEISEI_FIELD(right, "So many times.", .min = 0),
    KEISEI_FIELD(of, "So many times it was on a side: at least 5 of 100 from even.", .min = 0),
    KEISEI_FIELD(even, "In so many more of these games it was on none.", .min = 0))

struct Forecast {
  double win;
  double draw;
  double loss;
  Number raw;
  bool calibrated;
  int games;
  ForecastRecord record;
  std::string verdict;
};
KEISEI_PART(
    Forecast,
    "How a game is expected to end, from Black's side: the network's value held against the "
    "results of this run's games that had ended before this one began.",
    KEISEI_FIELD(win, "Probability that Black wins.", .min = 0, .max = 1, .digits = 4),
    KEISEI_FIELD(draw, "Of a draw.", .min = 0, .max = 1, .digits = 4),
    KEISEI_FIELD(loss, "Probability that White wins.", .min = 0, .max = 1, .digits = 4),
    KEISEI_FIELD(raw,
                 "What the network itself says, as an expected score: the mean of (value + 1) / 2 "
                 "in this position and in the one before. At the advanced level, else null.",
                 .min = 0, .max = 1, .digits = 4),
    KEISEI_FIELD(calibrated, "False as long as fewer than 20 games tell what its word is worth."),
    KEISEI_FIELD(games, "So many tell: the newest 256 or fewer.", .min = 0),
    KEISEI_FIELD(record, "Of the forecasts of earlier games, each as it was told then."),
    KEISEI_FIELD(verdict,
                 "On whose side the forecast is, and what in the position speaks for it, if "
                 "anything that is looked for does.",
                 .max_size = 512))

KEISEI_ENUM(
    SceneKind,
    "What a picture of the game is: its `start`, where a game that goes on is `joined`, a "
    "`move`, its `end`, or a look back at an earlier `recap` of it, while nothing newer can "
    "be shown.",
    start, joined, move, end, recap)

KEISEI_ENUM(PickReason,
            "Why a game is on. `only`: no other finished one could be; `newest`: nothing told it "
            "from the others but its age; `suspense`: its forecast may move the most from move to "
            "move; `surprise`: of games as tense it moves the most, or holds "
            "an upset that has not come yet; `first`: something happens in "
            "it that this run has not shown before; `upset`: it is won by the side that the "
            "forecast held for the weaker one; `live`: it was still being played "
            "when it came on.",
            only, newest, suspense, surprise, first, upset, live)

struct GamePick {
  PickReason reason;
  int among;
  std::string text;
};
KEISEI_PART(GamePick, "Why a game was chosen.", KEISEI_FIELD(reason, "What decided."),
            KEISEI_FIELD(among, "How many games could have come on, this one included.", .min = 1),
            KEISEI_FIELD(text, "The same in the viewer's language.", .max_size = 512))

KEISEI_ENUM(DramaKind,
            "What a move brought: a `swing` of the forecast, a `mate`, or a `missed_mate` that was "
            "on the board.",
            swing, mate, missed_mate)

struct Drama {
  DramaKind kind;
  std::string text;
};
KEISEI_PART(Drama, "A moment that the page may celebrate.", KEISEI_FIELD(kind, "What it is."),
            KEISEI_FIELD(text, "The same in the viewer's language.", .max_size = 512))

struct GameState {
  std::string game_id;
  std::int64_t game_number;
  std::int64_t update;
  int ply;
  std::optional<int> total_plies;
  std::string sfen;
  Side side_to_move;
  bool in_check;
  std::optional<PlayedMove> last_move;
  Number black_win_probability;
  std::optional<WinEstimate> estimate;
  std::optional<Forecast> forecast;
  Series evaluation_history;
  std::optional<GameResult> result;
  std::string commentary;
  std::string note;
  double seconds_per_move;
  std::optional<SceneKind> scene;
  std::optional<GamePick> pick;
  Number played_at;
  Number next_at;
  bool held;
  std::optional<Drama> drama;
};
KEISEI_SERVER_MESSAGE(
    GameState, "game_state", game, newest, viewers,
    "The featured game as it stands on screen, played at a viewer's pace.",
    KEISEI_FIELD(game_id,
                 "Unique over all runs. Empty: none is on, because another run has just begun.",
                 .max_size = 64),
    KEISEI_FIELD(game_number, "Of the featured environment, from 1; 0 without a game.", .min = 0),
    KEISEI_FIELD(update, "The network that played: after this PPO update.", .min = 0),
    KEISEI_FIELD(ply, "Moves played so far.", .min = 0),
    KEISEI_FIELD(total_plies, "Told with the game's end: before, it would give the end away.",
                 .min = 0),
    KEISEI_FIELD(sfen, "The position.", .max_size = 160),
    KEISEI_FIELD(side_to_move, "Who moves next."),
    KEISEI_FIELD(in_check, "Whether the side to move is in check."),
    KEISEI_FIELD(last_move, "Null in the start position."),
    KEISEI_FIELD(black_win_probability,
                 "Black's expected score, a draw being half a point: forecast.win + "
                 "forecast.draw / 2. Null where the network said nothing of this position or of "
                 "the one before; after the last move the result.",
                 .min = 0, .max = 1, .digits = 4),
    KEISEI_FIELD(estimate, "What that is of; null where nothing is known."),
    KEISEI_FIELD(forecast,
                 "The same as probabilities, and what they are worth; null where nothing is known, "
                 "and after the last move."),
    KEISEI_FIELD(evaluation_history,
                 "black_win_probability of each position, oldest first, each by the network that "
                 "moved next; the last one is of `ply`. The last 200.",
                 .min = 0, .max = 1, .digits = 4, .max_size = 200),
    KEISEI_FIELD(result, "Null while the game goes on."),
    KEISEI_FIELD(commentary, "One sentence.", .max_size = 512),
    KEISEI_FIELD(note, "A second, smaller one; may be empty.", .max_size = 512),
    KEISEI_FIELD(seconds_per_move,
                 "The pace where something is at stake: dull positions pass four times as fast.",
                 .unit = "s", .min = 0, .digits = 4),
    KEISEI_FIELD(scene, "What this is a picture of; null without a game."),
    KEISEI_FIELD(pick, "Why this game is on; null without one."),
    KEISEI_FIELD(played_at,
                 "When the network on screen, `update`, chose a move last: the one that led here, "
                 "or where there is none the next. By the trainer's clock; null without a game.",
                 .unit = kTime.unit, .min = 0, .digits = kTime.digits),
    KEISEI_FIELD(next_at,
                 "When another picture is due, unless the trainer has to tell it first; it depends "
                 "on what may come, not on what will. Null if nobody knows.",
                 .unit = kTime.unit, .min = 0, .digits = kTime.digits),
    KEISEI_FIELD(held, "Whether the operator has paused the game on screen."),
    KEISEI_FIELD(drama, "Null for most moves: swings are told at most once in 30 s."))

struct MovePrediction {
  MoveView move;
  double probability;
  std::string reason;
};
KEISEI_PART(MovePrediction, "A move the network considers.", KEISEI_FIELD(move, "The move."),
            KEISEI_FIELD(probability, "What the policy gives it.", .min = 0, .max = 1, .digits = 6),
            KEISEI_FIELD(reason, "What the move does, from the rules of the game; may be empty.",
                         .max_size = 512))

struct MovePredictions {
  std::string game_id;
  int ply;
  std::int64_t update;
  Side side_to_move;
  std::vector<MovePrediction> predictions;
  int legal_moves;
  Number entropy;
  std::optional<BoardMap> destinations;
};
KEISEI_SERVER_MESSAGE(MovePredictions, "move_prediction", predictions, newest, viewers,
                      "The policy at the position on screen: what may be played next.",
                      KEISEI_FIELD(game_id, "As in game_state; empty with it.", .max_size = 64),
                      KEISEI_FIELD(ply, "The position after this many moves.", .min = 0),
                      KEISEI_FIELD(update, "The network that decides: after this PPO update.",
                                   .min = 0),
                      KEISEI_FIELD(side_to_move, "Who moves next."),
                      KEISEI_FIELD(predictions,
                                   "Most probable first; empty if the trainer tells none.",
                                   .max_size = 5),
                      KEISEI_FIELD(legal_moves, "How many moves are legal.", .min = 0, .max = 593),
                      KEISEI_FIELD(entropy, "Of the policy over them: 0 to ln(legal_moves).",
                                   .unit = "nats", .min = 0, .digits = 4),
                      KEISEI_FIELD(destinations,
                                   "Chance that the next move lands on each square; sums to 1. "
                                   "Null if the trainer does not tell.",
                                   .min = 0, .max = 1, .digits = 3))

struct SeAttention {
  std::string game_id;
  int ply;
  std::int64_t update;
  MapMethod method;
  int block;
  BoardMap weights;
  double min;
  double max;
  Series gates;
};
KEISEI_SERVER_MESSAGE(
    SeAttention, "se_attention", attention, newest, viewers,
    "Where the network's features are active: the sum over channels of SE gate times |activation| "
    "in one residual block, min-max normalised. Not human attention.",
    KEISEI_FIELD(game_id, "As in game_state; empty with it.", .max_size = 64),
    KEISEI_FIELD(ply, "The position after this many moves.", .min = 0),
    KEISEI_FIELD(update, "The network looked through: after this PPO update.", .min = 0),
    KEISEI_FIELD(method, "How the map was made."),
    KEISEI_FIELD(block, "Residual block, from 1.", .min = 1),
    KEISEI_FIELD(weights, "The map, normalised.", .min = 0, .max = 1, .digits = 3),
    KEISEI_FIELD(min, "The raw value behind 0.", .digits = 4),
    KEISEI_FIELD(max, "The raw value behind 1.", .digits = 4),
    KEISEI_FIELD(gates, "SE gates of the block's channels at the advanced level, else empty.",
                 .min = 0, .max = 1, .digits = 4, .max_size = 1024))

}  // namespace keisei::protocol
