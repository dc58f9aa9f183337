#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rl/evaluation/match_table.h"
#include "rl/evaluation/skill_probes.h"
#include "rl/selfplay/match_score.h"

namespace keisei::rl {

/// The network to evaluate.
struct Snapshot {
  std::int64_t update = 0;
  std::int64_t global_step = 0;
  double process_s = 0;  // since this process began to train
  std::string weights;   // Player::weights()
};

/// The report card of one network.
struct Evaluation {
  bool complete = true;  // false: it failed, and only `problems` says something
  struct Past {
    std::int64_t update = 0;
    MatchScore score;
    std::optional<double> age_s{};  // how long the run had trained since then, if that is known
  };

  std::int64_t update = 0;
  std::int64_t global_step = 0;
  std::array<MatchScore, kAnchorCount> against_anchors{};  // no games: not its turn
  std::vector<Past> against_past;                          // the newest last
  Ratings ratings;                                         // the random mover has 0
  std::vector<SkillScore> skills;                          // in the order of kSkills
  double seconds = 0;                                      // what it took
  std::vector<std::string> problems;                       // what could not be read or written

  const MatchScore& against_random() const {
    return against_anchors[static_cast<std::size_t>(Anchor::random_mover)];
  }
};

/// One line of JSON without a line end, for evaluations.jsonl; see docs/configuration.md.
std::string evaluation_line(const Evaluation& evaluation, double unix_time);
/// What the evaluations in a text of such lines and those to come do not have in common, in one
/// line; empty if all can be compared, or there are none.
std::string incomparable(std::string_view earlier_lines);
/// The same in one line for people.
std::string evaluation_summary(const Evaluation& evaluation);

}  // namespace keisei::rl
