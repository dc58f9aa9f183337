#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/game_messages.h"
#include "protocol/messages.h"
#include "protocol/telemetry.h"
#include "protocol/types.h"

/// What is answered over HTTP, by the archive (docs/archive.md) and of the past
/// (docs/looking-back.md): bare objects, without the envelope of messages.
namespace keisei::protocol {

struct GameSummary {
  std::string run_id;
  std::string run_name;
  std::string game_id;
  std::int64_t game_number;
  int segment;
  std::int64_t update;
  int plies;
  std::optional<Side> winner;
  EndReason reason;
  double ended_at;
  std::vector<std::string> openings;
  std::vector<std::string> black_openings;
  std::vector<std::string> white_openings;
  std::optional<std::string> black_castle;
  std::optional<std::string> white_castle;
};
KEISEI_PART(
    GameSummary, "A finished game of the featured environment.",
    KEISEI_FIELD(run_id, "Its run.", .max_size = 40),
    KEISEI_FIELD(run_name, "What the streamer calls the run; may be empty."),
    KEISEI_FIELD(game_id, "Unique over all runs.", .max_size = 64),
    KEISEI_FIELD(game_number, "Of the featured environment, from 1.", .min = 0),
    KEISEI_FIELD(segment, "1, and one more after each resume from an older checkpoint.", .min = 1),
    KEISEI_FIELD(update, "The network that played: after this PPO update.", .min = 0),
    KEISEI_FIELD(plies, "Moves.", .min = 0, .max = kMostPlies),
    KEISEI_FIELD(winner, "Null for a draw."), KEISEI_FIELD(reason, "Why it ended."),
    KEISEI_FIELD(ended_at, "When training handed it to the hook.", kTime),
    KEISEI_FIELD(openings, "Of both: ids of `content/openings.json`.", .max_size = 64),
    KEISEI_FIELD(black_openings, "Black's.", .max_size = 64),
    KEISEI_FIELD(white_openings, "White's.", .max_size = 64),
    KEISEI_FIELD(black_castle,
                 "The one of most pieces that Black completed: an id of `content/castles.json`."),
    KEISEI_FIELD(white_castle, "White's."))

struct GameList {
  std::vector<GameSummary> games;
  std::optional<std::string> next;
};
KEISEI_PART(GameList, "Answers `GET /api/v1/games`.",
            KEISEI_FIELD(games, "In the order that was asked for.", .max_size = 100),
            KEISEI_FIELD(next, "The `after` of the next page; null: there is no more."))

struct ArchivedMove {
  MoveView move;
  std::string kif;
  Side side;
  std::string sfen;
  bool in_check;
  Number probability;
  Number value;
  Number entropy;
  std::optional<int> rank;
  std::optional<int> legal_moves;
  std::optional<std::int64_t> update;
};
KEISEI_PART(ArchivedMove, "A move, and what the network thought before it as far as that is kept.",
            KEISEI_FIELD(move, "The move."), KEISEI_FIELD(kif, "`７六歩(77)`.", .max_size = 64),
            KEISEI_FIELD(side, "Who played it."),
            KEISEI_FIELD(sfen, "The position after it.", .max_size = 160),
            KEISEI_FIELD(in_check, "Whether it gives check."),
            KEISEI_FIELD(probability, "What the policy gave it.", .min = 0, .max = 1, .digits = 4),
            KEISEI_FIELD(value, "The network's value for the side that played it.", .min = -1,
                         .max = 1, .digits = 4),
            KEISEI_FIELD(entropy, "Of the policy over the legal moves.", .unit = "nats", .min = 0,
                         .digits = 4),
            KEISEI_FIELD(rank, "1 for the network's favourite; null outside its top moves.",
                         .min = 1),
            KEISEI_FIELD(legal_moves, "How many there were.", .min = 0, .max = 593),
            KEISEI_FIELD(update,
                         "The network that thought: after this PPO update. Null: nothing is kept.",
                         .min = 0))

struct ArchivedGame {
  GameSummary game;
  std::string start_sfen;
  std::vector<ArchivedMove> moves;
  int moves_thought_of;
  std::optional<int> unreadable_from;
};
KEISEI_PART(ArchivedGame, "Answers `GET /api/v1/games/{run}/{game}`.",
            KEISEI_FIELD(game, "What a list says of it."),
            KEISEI_FIELD(start_sfen, "The position before the first move.", .max_size = 160),
            KEISEI_FIELD(moves, "From the first to the last.", .max_size = kMostPlies),
            KEISEI_FIELD(moves_thought_of, "Of how many moves it is kept what the network thought.",
                         .min = 0, .max = kMostPlies),
            KEISEI_FIELD(unreadable_from,
                         "Null, or after how many moves one follows that the rules do not allow: "
                         "it and what comes after are left out.",
                         .min = 0, .max = kMostPlies))

struct MilestoneSummary {
  std::string run_id;
  std::string key;
  std::optional<MilestoneKind> kind;
  std::int64_t update;
  Number value;
  std::optional<Side> side;
  std::optional<std::string> game_id;
  std::optional<std::int64_t> game_number;
  std::optional<int> ply;
  double reached_at;
};
KEISEI_PART(MilestoneSummary, "What a run has reached (docs/milestones.md).",
            KEISEI_FIELD(run_id, "The run.", .max_size = 40),
            KEISEI_FIELD(key, "Unique in the run: `checkmate`, `castle/mino`, `games/1000`.",
                         .max_size = 96),
            KEISEI_FIELD(kind, "What it is about; null: a newer showcase has kept it."),
            KEISEI_FIELD(update, "The network that reached it: after this PPO update.", .min = 0),
            KEISEI_FIELD(value, "What was reached, if it is a number.", .digits = 6),
            KEISEI_FIELD(side, "Whose it is, if it is one side's."),
            KEISEI_FIELD(game_id, "The featured game that shows it; null if none does.",
                         .max_size = 64),
            KEISEI_FIELD(game_number, "The same, as viewers know it.", .min = 0),
            KEISEI_FIELD(ply, "In that game the position after this many moves.", .min = 0),
            KEISEI_FIELD(reached_at, "When, by the trainer's clock.", kTime))

struct MilestoneList {
  std::vector<MilestoneSummary> milestones;
  std::optional<std::string> next;
};
KEISEI_PART(MilestoneList, "Answers `GET /api/v1/milestones`.",
            KEISEI_FIELD(milestones, "The newest first.", .max_size = 100),
            KEISEI_FIELD(next, "The `after` of the next page; null: there is no more."))

using HttpAnswers = MessageList<GameList, ArchivedGame, MilestoneList, PastRange>;

/// As an answer's body. As encode() (codec.h), always valid.
template <class T>
std::string encode_answer(const T& answer);

}  // namespace keisei::protocol
