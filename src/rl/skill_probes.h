#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "rl/ppo_agent.h"
#include "shogi/position.h"

namespace keisei::rl {

enum class Skill {
  mate_in_one,   // play a move that mates
  take_hanging,  // take a piece from silver upwards that nothing protects
  save_rook,     // the rook or dragon is attacked: leave none to be taken
};
inline constexpr Skill kSkills[] = {Skill::mate_in_one, Skill::take_hanging, Skill::save_rook};
std::string_view skill_name(Skill skill);

/// Whether the move, legal in the position, does what the skill asks. By the rules alone.
bool shows_skill(Skill skill, const shogi::Position& position, shogi::Move move);

/// Positions in which the skill can be shown, each with the answer for every legal move.
struct SkillSuite {
  struct Question {
    shogi::Position position;
    std::vector<bool> right;  // in the order of legal_moves()
  };
  Skill skill;
  std::vector<Question> questions;
};

/// Takes positions from random games, at most one per game and with between one right move and
/// half of the moves right. The same seed gives the same suite: suites are versioned by it.
SkillSuite make_suite(Skill skill, int questions, std::uint64_t seed);

struct SkillScore {
  int questions = 0;
  int answered = 0;        // how often the most probable move was right
  double probability = 0;  // mean probability of a right move
  double chance = 0;       // the same for a uniformly random mover
};

/// The policy alone answers; nothing is searched. `max_plies` as in training.
SkillScore probe(const PpoAgent& agent, const SkillSuite& suite, int max_plies);

}  // namespace keisei::rl
