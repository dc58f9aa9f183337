#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/types.h"

/// What a trainer says about the strength of its network, and what it wrote to disk.
namespace keisei::protocol {

struct SkillOutcome {
  std::string name;
  int successes;
  int trials;
};
KEISEI_PART(SkillOutcome, "How often the network showed one skill.",
            KEISEI_FIELD(name, "`mate_in_one`, `take_hanging`, `save_rook`; others are allowed.",
                         .max_size = 32),
            KEISEI_FIELD(successes, "Positions in which it did.", .min = 0),
            KEISEI_FIELD(trials, "Positions in which it could.", .min = 0))

struct PastScore {
  std::int64_t update;
  int wins;
  int draws;
  int losses;
};
KEISEI_PART(PastScore, "Games against a frozen network of the same run.",
            KEISEI_FIELD(update, "The opponent: as it was after this PPO update.", .min = 0),
            KEISEI_FIELD(wins, "Of the network that is measured.", .min = 0),
            KEISEI_FIELD(draws, "Games that neither won.", .min = 0),
            KEISEI_FIELD(losses, "Won by the frozen network.", .min = 0))

struct AnchorScore {
  std::string name;
  int wins;
  int draws;
  int losses;
  Number elo;
  Number elo_error;
};
KEISEI_PART(AnchorScore,
            "New games against a player that never learns, and its place on the scale.",
            KEISEI_FIELD(name,
                         "`random_mover`, `capture_greedy`, `material_one_ply`; others are "
                         "allowed.",
                         .max_size = 32),
            KEISEI_FIELD(wins,
                         "Of the network that is measured. Without any game: it only says "
                         "where this player stands.",
                         .min = 0),
            KEISEI_FIELD(draws, "Games that neither won.", .min = 0),
            KEISEI_FIELD(losses, "Won by the other.", .min = 0),
            KEISEI_FIELD(elo, "Of this player, on the scale of `elo`."),
            KEISEI_FIELD(elo_error, "Half the width of its 95 % interval.", .min = 0))

struct PastAge {
  std::int64_t update;
  double seconds;
};
KEISEI_PART(PastAge, "How old a frozen network is.",
            KEISEI_FIELD(update, "As in `past_scores`.", .min = 0),
            KEISEI_FIELD(seconds, "For so long the run has trained since it was frozen.",
                         .unit = "s", .min = 0))

struct EvaluationFinished {
  std::int64_t update;
  std::int64_t global_step;
  int random_games;
  Number random_score;
  Number random_low;
  Number random_high;
  Number elo;
  Number elo_error;
  std::vector<SkillOutcome> skills;
  std::vector<PastScore> past_scores;
  std::vector<AnchorScore> anchor_scores;
  std::vector<PastAge> past_ages;
  double emitted_at;
};
KEISEI_MESSAGE(EvaluationFinished, "evaluation_finished", trainer,
               "How strong the network was found to be. May come twice after a lost connection.",
               KEISEI_FIELD(update, "The network that was measured: after this PPO update.",
                            .min = 0),
               KEISEI_FIELD(global_step, "Positions played until then.", .min = 0),
               KEISEI_FIELD(random_games, "Games against a uniformly random mover.", .min = 0),
               KEISEI_FIELD(random_score, "Score in them; a draw counts half.", .min = 0, .max = 1),
               KEISEI_FIELD(random_low, "Lower end of its 95 % interval.", .min = 0, .max = 1),
               KEISEI_FIELD(random_high, "Upper end of its 95 % interval.", .min = 0, .max = 1),
               KEISEI_FIELD(elo, "Strength against frozen networks of the run; no absolute zero."),
               KEISEI_FIELD(elo_error, "Half the width of its 95 % interval.", .min = 0),
               KEISEI_FIELD(skills, "Skill by skill.", .max_size = 16),
               KEISEI_FIELD(past_scores, "New games against frozen networks of the run.",
                            .max_size = 16),
               KEISEI_FIELD(anchor_scores, "Players that are the same in every run.", .max_size = 8,
                            .may_be_absent = true),
               KEISEI_FIELD(past_ages, "Of the opponents in `past_scores`, where it is known.",
                            .max_size = 16, .may_be_absent = true),
               KEISEI_FIELD(emitted_at, "When training handed it to the hook.", kTime))

struct CheckpointSaved {
  std::int64_t update;
  std::int64_t global_step;
  std::string name;
  std::int64_t bytes;
  double emitted_at;
};
KEISEI_MESSAGE(CheckpointSaved, "checkpoint_saved", trainer, "The trainer wrote a checkpoint.",
               KEISEI_FIELD(update, "It holds the network after this PPO update.", .min = 0),
               KEISEI_FIELD(global_step, "Positions played until then.", .min = 0),
               KEISEI_FIELD(name, "Of the file, without its folder.", .max_size = 96),
               KEISEI_FIELD(bytes, "Its size.", .unit = "B", .min = 0),
               KEISEI_FIELD(emitted_at, "When training handed it to the hook.", kTime))

}  // namespace keisei::protocol
