#include "rl/evaluation/skill_probes.h"

#include <algorithm>
#include <cmath>

#include "rl/encoding/encode_position.h"
#include "rl/random.h"
#include "shogi/game.h"

namespace keisei::rl {
namespace {

using shogi::Position;

constexpr int kFirstProbed = 20, kProbedPlies = 200;  // plies of random games

// A game between two who move at random, of which one position is asked about.
class SuiteGame {
 public:
  explicit SuiteGame(std::uint64_t seed) : random_(seed) {
    asked_from_ = kFirstProbed + static_cast<int>(random_.below(kProbedPlies - kFirstProbed));
  }

  bool goes_on() const { return !game_.is_over() && game_.ply() < kProbedPlies; }
  bool may_ask() const { return game_.ply() >= asked_from_; }
  const Position& position() const { return game_.position(); }

  void play() {
    const auto& legal = game_.legal_moves();
    game_.play(legal[random_.below(static_cast<std::uint32_t>(legal.size()))]);
  }

 private:
  Random random_;
  int asked_from_ = 0;
  shogi::Game game_;
};

bool is_a_question(Skill skill, const std::vector<bool>& right) {
  const auto count = static_cast<std::size_t>(std::count(right.begin(), right.end(), true));
  if (count == 0 || count == right.size()) return false;
  return skill == Skill::no_absurd_move || 2 * count <= right.size();
}

}  // namespace

SkillSuite make_suite(Skill skill, int questions, std::uint64_t version) {
  SkillSuite suite{.skill = skill, .questions = {}};
  for (std::uint64_t number = 0; static_cast<int>(suite.questions.size()) < questions; ++number) {
    for (SuiteGame game(stream_seed(version, number)); game.goes_on(); game.play()) {
      if (!game.may_ask()) continue;
      std::vector<bool> right = right_moves(skill, game.position());
      if (!is_a_question(skill, right)) continue;
      suite.questions.push_back({game.position(), std::move(right)});
      break;
    }
  }
  return suite;
}

SkillScore probe(const Player& player, const SkillSuite& suite, int max_plies) {
  PositionBatch batch;
  batch.clear(static_cast<int>(suite.questions.size()));
  for (const auto& question : suite.questions) {
    encode_position(question.position, question.position.legal_moves(), 1, max_plies, batch);
  }
  PolicyOutput output;
  player.evaluate(batch, output);
  SkillScore score;
  for (std::size_t i = 0; i < suite.questions.size(); ++i) {
    const auto& right = suite.questions[i].right;
    const auto begin = static_cast<std::size_t>(batch.offsets[i]);
    std::size_t best = 0;
    double probability = 0;
    for (std::size_t l = 0; l < right.size(); ++l) {
      const float log_p = output.log_probabilities[begin + l];
      if (log_p > output.log_probabilities[begin + best]) best = l;
      if (right[l]) probability += std::exp(log_p);
    }
    ++score.questions;
    score.answered += right[best] ? 1 : 0;
    score.probability += probability;
    score.chance += static_cast<double>(std::count(right.begin(), right.end(), true)) /
                    static_cast<double>(right.size());
  }
  score.probability /= std::max(1, score.questions);
  score.chance /= std::max(1, score.questions);
  return score;
}

}  // namespace keisei::rl
