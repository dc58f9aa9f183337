#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/types.h"

/// Whether the network gets better, in words and with what that is known from.
namespace keisei::protocol {

KEISEI_ENUM(
    Verdict,
    "What games against an earlier self say. `unknown`: too few of them. `better`, "
    "`weaker`: the 99.5 % interval of the score lies above or below one half; `maybe_better`, "
    "`maybe_weaker`: only the 95 % interval does. `steady`: that of an hour lies within 60 "
    "Elo of one half; `no_longer`: the same, of a run that was `better` before. `unclear`: "
    "none of these.",
    unknown, better, maybe_better, unclear, steady, no_longer, maybe_weaker, weaker)
KEISEI_ENUM(Change,
            "Of a measured share: `risen` and `fallen` where the two 95 % intervals do not "
            "overlap, `unknown` without an earlier one.",
            unknown, fallen, unclear, risen)
KEISEI_ENUM(Standing,
            "Of the network beside a player that never learns: `above` and `below` where the two "
            "95 % intervals do not overlap.",
            unknown, below, level, above)

struct EarlierSelf {
  double age;
  bool is_hour;
  std::int64_t wins;
  std::int64_t draws;
  std::int64_t losses;
  double score;
  double low;
  double high;
};
KEISEI_PART(EarlierSelf, "Games against networks that were frozen earlier, of an hour or less.",
            KEISEI_FIELD(age, "How old they were, on average over the games.", .unit = "s",
                         .min = 0, .digits = 5),
            KEISEI_FIELD(is_hour,
                         "Whether all of them were 45 to 90 minutes old; if not, the run "
                         "is too young for that."),
            KEISEI_FIELD(wins, "Of the network that is measured.", .min = 0),
            KEISEI_FIELD(draws, "Games that neither won.", .min = 0),
            KEISEI_FIELD(losses, "Won by the earlier one.", .min = 0),
            KEISEI_FIELD(score, "A draw counts half.", .min = 0, .max = 1),
            KEISEI_FIELD(low, "Lower end of its 95 % interval.", .min = 0, .max = 1, .digits = 5),
            KEISEI_FIELD(high, "Upper end of its 95 % interval.", .min = 0, .max = 1, .digits = 5))

struct EloReading {
  double value;
  Number low;
  Number high;
};
KEISEI_PART(EloReading, "A place on the run's scale.", KEISEI_FIELD(value, "Elo.", .digits = 6),
            KEISEI_FIELD(low, "Lower end of its 95 % interval.", .digits = 6),
            KEISEI_FIELD(high, "Upper end of its 95 % interval.", .digits = 6))

struct AnchorView {
  std::string name;
  std::string title;
  std::string meaning;
  Standing standing;
  std::optional<EloReading> elo;
  std::int64_t games;
  Number score;
  Number low;
  Number high;
  std::string text;
};
KEISEI_PART(AnchorView, "A player that never learns, and how the network does against it.",
            KEISEI_FIELD(name, "`random_mover`, `capture_greedy`, …; as its trainer calls it.",
                         .max_size = 32),
            KEISEI_FIELD(title, "A few words."), KEISEI_FIELD(meaning, "How it plays."),
            KEISEI_FIELD(standing, "Of the network beside it."),
            KEISEI_FIELD(elo,
                         "Where it stands on the scale of `elo`; null where that is not told."),
            KEISEI_FIELD(games, "Against it within the last hour of evaluations.", .min = 0),
            KEISEI_FIELD(score, "Of the network in them; null without any.", .min = 0, .max = 1),
            KEISEI_FIELD(low, "Lower end of its 95 % interval.", .min = 0, .max = 1, .digits = 5),
            KEISEI_FIELD(high, "Upper end of its 95 % interval.", .min = 0, .max = 1, .digits = 5),
            KEISEI_FIELD(text, "The same in a sentence.", .max_size = 384))

struct SkillComparison {
  std::string skill;
  std::string title;
  int questions;
  double now;
  double now_low;
  double now_high;
  Number before;
  Number before_low;
  Number before_high;
  Change change;
  std::string text;
};
KEISEI_PART(
    SkillComparison, "A skill now and then.",
    KEISEI_FIELD(skill, "As its trainer calls it.", .max_size = 32),
    KEISEI_FIELD(title, "A few words."),
    KEISEI_FIELD(questions, "Positions that were asked in the newest evaluation.", .min = 1),
    KEISEI_FIELD(now, "Share of right answers.", .min = 0, .max = 1),
    KEISEI_FIELD(now_low, "Lower end of its 95 % interval.", .min = 0, .max = 1, .digits = 5),
    KEISEI_FIELD(now_high, "Upper end of its 95 % interval.", .min = 0, .max = 1, .digits = 5),
    KEISEI_FIELD(before, "The same in the earlier evaluation; null: not asked.", .min = 0,
                 .max = 1),
    KEISEI_FIELD(before_low, "Lower end of its 95 % interval.", .min = 0, .max = 1, .digits = 5),
    KEISEI_FIELD(before_high, "Upper end of its 95 % interval.", .min = 0, .max = 1, .digits = 5),
    KEISEI_FIELD(change, "From then to now."),
    KEISEI_FIELD(text, "The same in a sentence.", .max_size = 384))

struct PastSelf {
  std::int64_t update;
  double age;
  std::string title;
  std::string style;
  int games;
};
KEISEI_PART(PastSelf, "A frozen network of the run that the newest one has met.",
            KEISEI_FIELD(update, "As it was after this PPO update.", .min = 0),
            KEISEI_FIELD(age, "When it was met.", .unit = "s", .min = 0, .digits = 5),
            KEISEI_FIELD(title, "What it is called."),
            KEISEI_FIELD(style,
                         "How the featured games around then differ from all of the run; empty "
                         "where too few are known or nothing stands out.",
                         .max_size = 384),
            KEISEI_FIELD(games, "Featured games around then that are known.", .min = 0))

struct Improvement {
  std::string run_id;
  int segment = 1;
  std::int64_t update;
  Number measured_at;
  Verdict verdict;
  std::string state;
  std::string headline;
  std::string evidence;
  std::string plateau;
  std::string rule;
  std::optional<EarlierSelf> earlier;
  std::optional<EloReading> elo;
  std::optional<EloReading> elo_before;
  std::string standing;
  std::vector<AnchorView> anchors;
  Number before_age;
  std::string before;
  std::vector<SkillComparison> skills;
  std::vector<PastSelf> selves;
};
KEISEI_SERVER_MESSAGE(
    Improvement, "improvement", metrics, newest, viewers,
    "Is it getting better? What the run's evaluations say, once more after each of them.",
    KEISEI_FIELD(run_id, "Of the run; empty before the first.", .max_size = 40),
    KEISEI_FIELD(segment, "Of the run.", .min = 1),
    KEISEI_FIELD(update, "The network that was measured: after this PPO update.", .min = 0),
    KEISEI_FIELD(measured_at, "When that was told; null before the first evaluation.",
                 .unit = kTime.unit, .digits = kTime.digits),
    KEISEI_FIELD(verdict, "Against an earlier self."),
    KEISEI_FIELD(state, "The verdict in a few words."),
    KEISEI_FIELD(headline, "The answer, with what it is known from.", .max_size = 512),
    KEISEI_FIELD(evidence, "How sure that is; may be empty.", .max_size = 512),
    KEISEI_FIELD(plateau, "When it was last seen to improve, if it no longer does; else empty.",
                 .max_size = 384),
    KEISEI_FIELD(rule, "How the verdict is made, at the advanced level; else empty.",
                 .max_size = 512),
    KEISEI_FIELD(earlier, "The games that the verdict is of; null without any."),
    KEISEI_FIELD(elo, "Of the network; null where it is not told."),
    KEISEI_FIELD(elo_before, "In the earlier evaluation."),
    KEISEI_FIELD(standing, "Where it stands among players that never learn.", .max_size = 768),
    KEISEI_FIELD(anchors, "Those, the weakest first.", .max_size = 8),
    KEISEI_FIELD(before_age,
                 "How much earlier the evaluation was that is compared with; null: "
                 "there is none.",
                 .unit = "s", .min = 0, .digits = 5),
    KEISEI_FIELD(before, "The same in words; may be empty."),
    KEISEI_FIELD(skills, "Skill by skill.", .max_size = 16),
    KEISEI_FIELD(selves, "Earlier selves, the oldest first.", .max_size = 4))

}  // namespace keisei::protocol
