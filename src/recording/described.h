#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "protocol/evaluation_messages.h"
#include "protocol/telemetry.h"
#include "recording/turn.h"
#include "store/entries.h"

/// What a recording holds besides the inputs, described like every message.
namespace keisei::recording {

/// The first thing in the file.
struct Header {
  std::string program;     // its version
  std::string texts;       // a checksum of the content
  std::int64_t steady_us;  // when the studio was made, by its steady clock
  std::int64_t wall_us;    // since the epoch
  std::int64_t per_move_ms;
};

inline Moment begin_of(const Header& header) {
  return moment_at(header.steady_us, header.wall_us).value();  // as described below
}

/// A block that stands alone: reading can begin there.
struct EntryPoint {
  std::int64_t at;        // of the file
  std::int64_t after_us;  // the beginning

  friend bool operator==(const EntryPoint&, const EntryPoint&) = default;
};

inline EntryPoint entry_point(std::uint64_t at, const Moment& begin, const Moment& before) {
  const auto after = before.steady - begin.steady;
  return {static_cast<std::int64_t>(at),
          std::chrono::duration_cast<std::chrono::microseconds>(after).count()};
}

/// Comes before the turn in which the studio asked, and before what was known.
struct Recalled {
  std::optional<std::string> run_id;
  bool found;
  int segment;
  std::int64_t games;
  std::optional<std::int64_t> game_number{};
  std::optional<bool> whole{};
  std::optional<bool> unreadable{};
};

}  // namespace keisei::recording

namespace keisei::protocol {

KEISEI_PART(recording::Header, "Of a recording.",
            KEISEI_FIELD(program, "The version of keisei-showcase that made it.", .max_size = 32),
            KEISEI_FIELD(texts, "A checksum of the texts that it showed.", .max_size = 32),
            KEISEI_FIELD(steady_us, "When it begins, by a clock that never goes back.",
                         .unit = "µs", .min = 0, .max = recording::kMostMicroseconds),
            KEISEI_FIELD(wall_us, "When it begins.", .unit = "µs since the epoch", .min = 0,
                         .max = recording::kMostMicroseconds),
            KEISEI_FIELD(per_move_ms, "Pace of the featured game.", .unit = "ms", .min = 1))

KEISEI_PART(recording::EntryPoint, "A block of a recording where reading can begin.",
            KEISEI_FIELD(at, "Where in the file.", .unit = "B", .min = 0),
            KEISEI_FIELD(after_us, "Its first turn comes later than this.", .unit = "µs", .min = 0))

KEISEI_MESSAGE(recording::PromiseAnswered, "promise_answered", none,
               "What was to be kept is kept, or never will be.",
               KEISEI_FIELD(kept, "Whether it is."))

KEISEI_MESSAGE(recording::Recalled, "recalled", none, "The studio asked what is known of a run.",
               KEISEI_FIELD(run_id, "Which; null for the newest.", .max_size = 40),
               KEISEI_FIELD(found, "Whether anything is; then it follows."),
               KEISEI_FIELD(segment, "The newest of the run.", .min = 0),
               KEISEI_FIELD(games, "Finished ones of the featured environment.", .min = 0),
               KEISEI_FIELD(game_number, "Of the latest of them.", .min = 0, .may_be_absent = true),
               KEISEI_FIELD(whole, "Whether none of them was missed.", .may_be_absent = true),
               KEISEI_FIELD(unreadable, "True: nobody could say whether anything was known.",
                            .may_be_absent = true))

KEISEI_MESSAGE(store::KeptRun, "kept_run", none, "What a run is.", KEISEI_FIELD(run, "As told."))

KEISEI_MESSAGE(store::KeptUpdate, "kept_update", none, "An update that was kept.",
               KEISEI_FIELD(run_id, "Whose.", .max_size = 40),
               KEISEI_FIELD(segment, "Of the run, from 1.", .min = 0),
               KEISEI_FIELD(metrics, "As told."))

KEISEI_MESSAGE(store::KeptMove, "kept_move", none, "A move that was kept.",
               KEISEI_FIELD(run_id, "Whose.", .max_size = 40),
               KEISEI_FIELD(game_id, "Unique over all runs.", .max_size = 64),
               KEISEI_FIELD(ply, "Moves played before it.", .min = 0),
               KEISEI_FIELD(usi, "The move.", .max_size = 7),
               KEISEI_FIELD(update, "The network that played.", .min = 0),
               KEISEI_FIELD(probability, "What the policy gave it.", .min = 0, .max = 1),
               KEISEI_FIELD(value, "For the side to move.", .min = -1, .max = 1),
               KEISEI_FIELD(entropy, "Of the policy.", .unit = "nats", .min = 0),
               KEISEI_FIELD(rank, "1 for the policy's favourite.", .min = 1),
               KEISEI_FIELD(legal_moves, "How many there were.", .min = 0))

KEISEI_MESSAGE(store::KeptGame, "kept_game", none, "A finished game that was kept.",
               KEISEI_FIELD(run_id, "Whose.", .max_size = 40),
               KEISEI_FIELD(segment, "Of the run, from 1.", .min = 0),
               KEISEI_FIELD(game, "As told."))

KEISEI_MESSAGE(store::KeptEvaluation, "kept_evaluation", none, "An evaluation that was kept.",
               KEISEI_FIELD(run_id, "Whose.", .max_size = 40),
               KEISEI_FIELD(segment, "Of the run, from 1.", .min = 0),
               KEISEI_FIELD(evaluation, "As told."))

KEISEI_MESSAGE(store::KeptMilestone, "kept_milestone", none, "A milestone that was kept.",
               KEISEI_FIELD(run_id, "Whose.", .max_size = 40),
               KEISEI_FIELD(key, "Unique in its run."), KEISEI_FIELD(update, "When.", .min = 0),
               KEISEI_FIELD(value, "What was reached."),
               KEISEI_FIELD(game_id, "Where it can be seen.", .max_size = 64),
               KEISEI_FIELD(ply, "After so many moves.", .min = 0),
               KEISEI_FIELD(reached_at, "When.", kTime), KEISEI_FIELD(side, "Whose it is."),
               KEISEI_FIELD(game_number, "Of the game.", .min = 0))

}  // namespace keisei::protocol
