#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/types.h"

/// What a run has reached.
namespace keisei::protocol {

struct MilestoneView {
  std::string run_id;
  std::string key;
  MilestoneKind kind;
  std::string title;
  std::string text;
  std::string meaning;
  std::string rule;
  Number value;
  std::optional<Side> side;
  std::optional<std::string> game_id;
  std::optional<std::int64_t> game_number;
  std::optional<int> ply;
  std::int64_t update;
  double reached_at;
  bool saved;
};
KEISEI_PART(
    MilestoneView, "One milestone. Each is reached once in a run.",
    KEISEI_FIELD(run_id, "The run that reached it.", .max_size = 40),
    KEISEI_FIELD(key, "Unique in the run: `checkmate`, `castle/mino`, `games/1000`.",
                 .max_size = 96),
    KEISEI_FIELD(kind, "What it is about."), KEISEI_FIELD(title, "A few words.", .max_size = 128),
    KEISEI_FIELD(text, "What happened, one sentence.", .max_size = 256),
    KEISEI_FIELD(meaning, "What that means, for the viewer's level.", .max_size = 384),
    KEISEI_FIELD(rule, "When it counts, at the advanced level; else empty.", .max_size = 384),
    KEISEI_FIELD(value, "What was reached, if it is a number.", .digits = 6),
    KEISEI_FIELD(side, "Whose it is, if it is one side's."),
    KEISEI_FIELD(game_id, "The featured game that shows it; null if none does.", .max_size = 64),
    KEISEI_FIELD(game_number, "The same, as viewers know it.", .min = 1),
    KEISEI_FIELD(ply, "In that game the position after this many moves.", .min = 0),
    KEISEI_FIELD(update, "The network that reached it: after this PPO update.", .min = 0),
    KEISEI_FIELD(reached_at, "When, by the trainer's clock.", kTime),
    KEISEI_FIELD(saved, "Whether it is on the disk; if not, a restarted showcase will not know."))

struct MilestoneReached {
  MilestoneView milestone;
};
KEISEI_SERVER_MESSAGE(MilestoneReached, "milestone", milestones, must_not_lose, viewers,
                      "The run has just reached something: it is kept now, or cannot be (`saved`).",
                      KEISEI_FIELD(milestone, "What."))

struct Milestones {
  std::vector<MilestoneView> milestones;
  std::int64_t total;
  bool remembered;
};
KEISEI_SERVER_MESSAGE(Milestones, "milestones", milestones, newest, viewers,
                      "What the run has reached so far, for whoever comes later; follows each "
                      "`milestone` within seconds.",
                      KEISEI_FIELD(milestones, "The newest first.", .max_size = 50),
                      KEISEI_FIELD(total, "How many there are in all.", .min = 0),
                      KEISEI_FIELD(remembered,
                                   "Whether the showcase could read what the run had reached "
                                   "before; if not, it tells nothing until it can."))

}  // namespace keisei::protocol
