#include "rl/skill_probes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "shogi/game.h"
#include "shogi/usi.h"

namespace keisei::rl {
namespace {

bool shows(Skill skill, const char* sfen, const char* usi) {
  const auto position = *shogi::Position::from_sfen(sfen);
  return shows_skill(skill, position, *shogi::parse_usi(usi, position));
}

TEST(SkillProbes, KnowAMateFromACheck) {
  const char* const sfen = "4k4/9/4P4/9/9/9/9/9/4K4 b G 1";
  EXPECT_TRUE(shows(Skill::mate_in_one, sfen, "G*5b"));
  EXPECT_FALSE(shows(Skill::mate_in_one, sfen, "G*4a"));
}

TEST(SkillProbes, KnowAHangingPieceFromAProtectedOne) {
  const char* const hanging = "4k4/9/9/9/4r4/9/4R4/9/4K4 b - 1";
  const char* const protected_by_lance = "4k4/9/4l4/9/4r4/9/4R4/9/4K4 b - 1";
  EXPECT_TRUE(shows(Skill::take_hanging, hanging, "5g5e"));
  EXPECT_FALSE(shows(Skill::take_hanging, hanging, "5g5f"));
  EXPECT_FALSE(shows(Skill::take_hanging, protected_by_lance, "5g5e"));
}

TEST(SkillProbes, KnowWhetherARookIsSaved) {
  const char* const attacked = "4k4/9/9/9/4b4/9/6R2/9/4K4 b - 1";
  EXPECT_TRUE(shows(Skill::save_rook, attacked, "3g2g"));
  EXPECT_FALSE(shows(Skill::save_rook, attacked, "3g3c"));  // from one diagonal to another
  EXPECT_FALSE(shows(Skill::save_rook, attacked, "5i6i"));
}

TEST(SkillProbes, EverySuiteHasRightAndWrongAnswersByTheRules) {
  for (const Skill skill : kSkills) {
    const SkillSuite suite = make_suite(skill, 20, 1);
    ASSERT_EQ(suite.questions.size(), 20U) << skill_name(skill);
    for (const auto& question : suite.questions) {
      const auto legal = question.position.legal_moves();
      ASSERT_EQ(question.right.size(), legal.size());
      const auto count = std::count(question.right.begin(), question.right.end(), true);
      EXPECT_GT(count, 0);
      EXPECT_LE(2 * static_cast<std::size_t>(count), legal.size());
    }
  }
}

TEST(SkillProbes, AMateInOneEndsTheGame) {
  for (const auto& question : make_suite(Skill::mate_in_one, 20, 2).questions) {
    const auto legal = question.position.legal_moves();
    for (std::size_t i = 0; i < legal.size(); ++i) {
      shogi::Game game(question.position, {.max_plies = 512, .automatic_declaration = false});
      game.play(legal[i]);
      const bool mate = game.is_over() && game.result()->reason == shogi::EndReason::checkmate;
      EXPECT_EQ(mate, question.right[i]);
    }
  }
}

TEST(SkillProbes, AFreshNetworkAnswersAboutAsOftenAsChance) {
  Options options;
  options.network = {.depth = 1, .width = 8, .policy_head = PolicyHead::attention};
  WorkerPool pool(1);
  const PpoAgent agent(options, pool);
  const SkillScore score = probe(agent, make_suite(Skill::take_hanging, 60, 3), 512);
  EXPECT_EQ(score.questions, 60);
  EXPECT_NEAR(score.probability, score.chance, 0.03);
}

}  // namespace
}  // namespace keisei::rl
