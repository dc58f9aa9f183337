#pragma once

#include <array>
#include <optional>

#include "base/result.h"
#include "protocol/enums.h"

namespace keisei {

BOOST_DESCRIBE_ENUM(ErrorCode, failed, bad_json, unknown_type, bad_field, too_large, rate_limited,
                    unauthorized, unavailable)

}  // namespace keisei

namespace keisei::protocol {

/// 81 numbers, row by row as the board is drawn from Black's side: index = rank * 9 + column, rank
/// 0 = "a" at the top, column 0 = file 9 on the left.
using BoardMap = std::array<float, 81>;

/// A measurement that may be unknown: null on the wire, never 0.
using Number = std::optional<double>;

KEISEI_DESCRIBE_ENUM(ErrorCode, "ErrorCode", "Why something was refused.")

/// Seconds a move that a show may be played at.
inline constexpr double kFastestPace = 0.05;
inline constexpr double kSlowestPace = 60;

// What a viewer chooses.
KEISEI_ENUM(Level, "How much is explained, and how much is shown.", beginner, intermediate,
            advanced)
KEISEI_ENUM(Language, "Of every text.", en, ja)
KEISEI_ENUM(Channel, "What a viewer subscribes to.", metrics, attention, predictions, game,
            milestones, community, education, system)
KEISEI_ENUM(ChannelWish, "What a viewer may ask for: a channel, or all of them.", all, metrics,
            attention, predictions, game, milestones, community, education, system)
KEISEI_ENUM(Quality, "`low` asks for fewer frames than `high`.", low, high)

// How a message travels (routing.h).
KEISEI_ENUM(Delivery,
            "What may happen to a message on its way to a slow viewer. `newest`: only the latest "
            "of its type matters, older ones are replaced. `must_not_lose`: queued. `reply`: "
            "queued; it answers what one viewer said. `on_joining`: the latest comes after the "
            "answer to a hello, once, and not to those who are there; it reads the same for all.",
            newest, must_not_lose, reply, on_joining)
KEISEI_ENUM(Audience,
            "Whom a message is for: all viewers of its channel, one viewer, or operators.", viewers,
            viewer, operators)

KEISEI_ENUM(
    CloseReason,
    "Why a connection ended, as the operator's counters name it. A close frame gives a code "
    "instead, and words only with 4001 and 1012. `going_away`: the server stops (1001; viewers "
    "1012 and `return in S s`, each another time), or another studio makes the show (1001), "
    "`protocol_error` (1002, 1003, 1007 or 1009), `no_hello` (1008): "
    "not a word within 30 s, `rate_limit` (1008): far too many messages, `refused` (1013): "
    "the show cannot take telemetry now, `replaced` (4001): a newer trainer has come. "
    "`closed_by_peer`: its own code comes back. Without a close frame: `no_pong`: no answer "
    "to pings, `stalled`: took no byte of what waits, `queue_full`: too slow for what must "
    "not be lost, `read_error` and `write_error`: the network's.",
    closed_by_peer, going_away, read_error, write_error, protocol_error, no_hello, no_pong, stalled,
    queue_full, rate_limit, replaced, refused)

// The game.
KEISEI_ENUM(Side, "Black moves first.", black, white)
KEISEI_ENUM(EndReason,
            "Why a game ended. `repetition` is a draw by the fourth occurrence of a position, "
            "`perpetual_check` the same by checks alone, `declaration` a king declared safe, "
            "`impasse` a count of pieces, `max_plies` the trainer's limit.",
            checkmate, stalemate, repetition, perpetual_check, declaration, impasse, resignation,
            max_plies)

// The training.
KEISEI_ENUM(Reward, "What is rewarded: only results (`terminal`), or material too (`shaped`).",
            terminal, shaped)
KEISEI_ENUM(Health, "The band that a metric is in.", healthy, learning, exploring)
KEISEI_ENUM(HealthMetric, "What the health panels watch; `exploration` is entropy / entropy_max.",
            kl_divergence, clip_fraction, exploration, explained_variance)
KEISEI_ENUM(MapMethod,
            "How a map of the board was made. `se_weighted_activation`: the sum over channels of "
            "SE gate times |activation|.",
            se_weighted_activation)
KEISEI_ENUM(Trend, "Over a window of updates; `unknown` without enough of them.", unknown, falling,
            steady, rising)
KEISEI_ENUM(TrainingState, "`waiting` for a trainer, `running`, or `paused`.", waiting, running,
            paused)
KEISEI_ENUM(StreamingStage,
            "How much a hook streams: less when it costs training too much. `reduced` leaves out "
            "attention, `minimal` leaves metrics and results, `off` leaves heartbeats.",
            full, reduced, minimal, off)

// What a run reaches.
KEISEI_ENUM(MilestoneKind,
            "What a milestone is about. `checkmate`, `win`, `castle`, `dragon`, `horse` and "
            "`safe_rook` are seen in a game for the first time; `games` and `updates` are counts; "
            "`score`, `skill` and `elo` are steps of what evaluations measure, and `breakthrough` "
            "is progress that they prove; the rest are records.",
            checkmate, win, castle, dragon, horse, safe_rook, games, updates, score, skill, elo,
            breakthrough, longest_game, shortest_game, swing)

// The show.
KEISEI_ENUM(ReplayState, "`playing`, or `ended`: then the last that was recorded stays.", playing,
            ended)

// The operator.
KEISEI_ENUM(
    Command,
    "The operator's word. `stop_streaming`: training sends nothing but heartbeats until "
    "`resume_streaming`. `pause_game`: the game on screen stands still until `play_game`; "
    "`step_game`: it stands still after one more move. `next_game`: another game comes on. "
    "`follow_live`: it goes on, with the newest game, at the pace that the show began with. "
    "`set_pace`: to `seconds_per_move`.",
    stop_streaming, resume_streaming, pause_game, play_game, step_game, next_game, follow_live,
    set_pace)

}  // namespace keisei::protocol
