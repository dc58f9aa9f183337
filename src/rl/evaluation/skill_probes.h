#pragma once

#include <cstdint>
#include <vector>

#include "rl/evaluation/skill_rules.h"
#include "rl/network/player.h"
#include "shogi/position.h"

namespace keisei::rl {

/// The suites that reports are made with; another number for other questions or answers. 2: right
/// answers survive an exchange of two plies, and nobody is asked to complete a castle.
inline constexpr std::uint64_t kSuiteVersion = 2;

/// Positions in which the skill can be shown, each with the answer for every legal move.
struct SkillSuite {
  struct Question {
    shogi::Position position;
    std::vector<bool> right;  // in the order of legal_moves()
  };
  Skill skill;
  std::vector<Question> questions;
};

/// Takes positions from random games, at most one per game and with at least one right and one
/// wrong move; where a move is asked for (all but no_absurd_move), at most half are right. The same
/// version gives the same suite.
SkillSuite make_suite(Skill skill, int questions, std::uint64_t version = kSuiteVersion);

struct SkillScore {
  int questions = 0;
  int answered = 0;        // how often the most probable move was right
  double probability = 0;  // mean probability of a right move
  double chance = 0;       // the same for a uniformly random mover

  double success() const { return questions == 0 ? 0 : static_cast<double>(answered) / questions; }
};

/// The policy alone answers; nothing is searched. `max_plies` as in training.
SkillScore probe(const Player& player, const SkillSuite& suite, int max_plies);

}  // namespace keisei::rl
