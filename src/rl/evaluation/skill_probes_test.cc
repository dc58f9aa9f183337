#include "rl/evaluation/skill_probes.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "rl/evaluation/move_worth.h"
#include "rl/testing/tiny_options.h"
#include "shogi/game.h"
#include "shogi/insight/exchange.h"
#include "shogi/insight/mate.h"
#include "shogi/insight/material.h"
#include "shogi/usi.h"

namespace keisei::rl {
namespace {

// Whether the move is among the right ones.
bool shows(Skill skill, const char* sfen, const char* usi) {
  const auto position = *shogi::Position::from_sfen(sfen);
  const auto move = *shogi::parse_usi(usi, position);
  const auto legal = position.legal_moves();
  const auto right = right_moves(skill, position);
  const auto at = std::find(legal.begin(), legal.end(), move) - legal.begin();
  return !right.empty() && right.at(static_cast<std::size_t>(at));
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

TEST(SkillProbes, AskForNoSilverWhereARookIsToBeHad) {
  const char* const silver = "k8/9/9/4s2p1/7r1/9/4R4/9/K8 b - 1";
  const char* const rook_too = "k8/9/9/4s2p1/7r1/7P1/4R4/9/K8 b - 1";  // for a pawn
  EXPECT_TRUE(shows(Skill::take_hanging, silver, "5g5d"));
  EXPECT_FALSE(shows(Skill::take_hanging, rook_too, "5g5d"));
}

TEST(SkillProbes, KnowWhetherARookIsSaved) {
  const char* const attacked = "4k4/9/9/9/4b4/9/6R2/9/4K4 b - 1";
  EXPECT_TRUE(shows(Skill::save_rook, attacked, "3g2g"));
  EXPECT_FALSE(shows(Skill::save_rook, attacked, "3g3c"));  // from one diagonal to another
  EXPECT_FALSE(shows(Skill::save_rook, attacked, "5i6i"));
}

TEST(SkillProbes, KnowAMateInThreeFromACheckThatLeadsNowhere) {
  // 5a runs to 4a or 6a only; a gold follows there.
  const char* const sfen = "4k4/9/4P4/9/9/9/9/9/4K4 b 2GS 1";
  const auto position = *shogi::Position::from_sfen(sfen);
  EXPECT_TRUE(right_moves(Skill::mate_in_three, position).empty()) << "there is a mate in one";
  const char* const corner = "8k/9/7P1/9/9/9/9/9/4K4 b RG 1";
  EXPECT_FALSE(shows(Skill::mate_in_three, corner, "5i5h"));
}

TEST(SkillProbes, AreAgainstDropsThatAreTakenForNothing) {
  // The rook on 5b checks from afar.
  const char* const sfen = "4k4/4r4/9/9/9/9/9/9/4K4 b G 1";
  EXPECT_FALSE(shows(Skill::no_drop_into_check, sfen, "G*5e"));
  EXPECT_TRUE(shows(Skill::no_drop_into_check, sfen, "G*5h")) << "the king protects it";
  EXPECT_TRUE(shows(Skill::no_drop_into_check, sfen, "5i4h"));
  const auto no_check = *shogi::Position::from_sfen("4k4/3r5/9/9/9/9/9/9/4K4 b G 1");
  EXPECT_TRUE(right_moves(Skill::no_drop_into_check, no_check).empty());
}

TEST(SkillProbes, CallAMoveAbsurdThatOffersARook) {
  const char* const sfen = "4k4/9/4p4/9/9/9/4R4/9/4K4 b - 1";
  EXPECT_FALSE(shows(Skill::no_absurd_move, sfen, "5g5d"));
  EXPECT_TRUE(shows(Skill::no_absurd_move, sfen, "5g5c+"))
      << "the pawn has no protector but the king";
  EXPECT_TRUE(shows(Skill::no_absurd_move, sfen, "5g5f"));
}

TEST(SkillProbes, CallAMoveAbsurdThatAllowsAnAvoidableMate) {
  // White threatens G*5h; leaving the back rank avoids it.
  const char* const sfen = "4k4/9/9/9/9/9/4p4/9/4K4 b P2g 1";
  EXPECT_FALSE(shows(Skill::no_absurd_move, sfen, "P*1b"));
}

// By brute force: whatever the side to move answers, a mate follows.
bool mate_follows(const shogi::Position& position) {
  for (const shogi::Move answer : position.legal_moves()) {
    shogi::Position next = position;
    next.do_move(answer);
    bool mated = false;
    for (const shogi::Move last : next.legal_moves()) {
      shogi::Position end = next;
      end.do_move(last);
      mated = mated || (end.in_check() && end.legal_moves().empty());
    }
    if (!mated) return false;
  }
  return true;
}

class EverySkill : public testing::TestWithParam<Skill> {};
INSTANTIATE_TEST_SUITE_P(Skills, EverySkill, testing::ValuesIn(kSkills),
                         [](const auto& skill) { return std::string(skill_name(skill.param)); });

TEST_P(EverySkill, HasASuiteOfPositionsThatAskForIt) {
  const SkillSuite suite = make_suite(GetParam(), 20);
  ASSERT_EQ(suite.questions.size(), 20U);
  for (const auto& question : suite.questions) {
    EXPECT_EQ(question.right, right_moves(GetParam(), question.position));
    const auto count = std::count(question.right.begin(), question.right.end(), true);
    EXPECT_GT(count, 0);
    EXPECT_LT(static_cast<std::size_t>(count), question.right.size());
  }
}

// By brute force: every answer is tried, not only those that may win something.
int worth(const shogi::Position& position, shogi::Move move) {
  const shogi::Color mover = position.side_to_move();
  shogi::Position next = position;
  next.do_move(move);
  const auto answers = next.legal_moves();
  if (answers.empty()) return kMateWorth;
  int lost = 0;
  for (const shogi::Move answer : answers) {
    shogi::Position end = next;
    end.do_move(answer);
    if (end.in_check() && end.legal_moves().empty()) return -kMateWorth;
    lost = std::max(lost, shogi::exchange_value(next, answer));
  }
  return shogi::material_balance(next, mover) - shogi::material_balance(position, mover) - lost;
}

class EveryExchange : public testing::TestWithParam<Skill> {};
INSTANTIATE_TEST_SUITE_P(Skills, EveryExchange,
                         testing::Values(Skill::take_hanging, Skill::save_rook,
                                         Skill::no_drop_into_check),
                         [](const auto& skill) { return std::string(skill_name(skill.param)); });

// So 100 % is within reach of whoever plays well as far as that.
TEST_P(EveryExchange, OfTwoPliesLeavesEveryRightAnswerBetterThanEveryWrongOne) {
  for (const auto& question : make_suite(GetParam(), 20).questions) {
    const auto legal = question.position.legal_moves();
    int worst_right = kMateWorth, best_wrong = -kMateWorth;
    for (std::size_t i = 0; i < legal.size(); ++i) {
      int& extreme = question.right[i] ? worst_right : best_wrong;
      const int here = worth(question.position, legal[i]);
      extreme = question.right[i] ? std::min(extreme, here) : std::max(extreme, here);
    }
    EXPECT_GT(worst_right, best_wrong) << question.position.sfen();
  }
}

TEST(SkillProbes, AMateInOneEndsTheGame) {
  for (const auto& question : make_suite(Skill::mate_in_one, 20, 1).questions) {
    const auto legal = question.position.legal_moves();
    for (std::size_t i = 0; i < legal.size(); ++i) {
      shogi::Game game(question.position, {.max_plies = 512, .automatic_declaration = false});
      game.play(legal[i]);
      const bool mate = game.is_over() && game.result()->reason == shogi::EndReason::checkmate;
      EXPECT_EQ(mate, question.right[i]);
    }
  }
}

TEST(SkillProbes, AMateInThreeIsForced) {
  for (const auto& question : make_suite(Skill::mate_in_three, 10).questions) {
    const auto legal = question.position.legal_moves();
    const auto search = shogi::find_mate(question.position, 3);
    ASSERT_EQ(search.line.size(), 3U);
    const auto at = std::find(legal.begin(), legal.end(), search.line[0]) - legal.begin();
    EXPECT_TRUE(question.right[static_cast<std::size_t>(at)]);
    for (std::size_t i = 0; i < legal.size(); ++i) {
      shogi::Position after = question.position;
      after.do_move(legal[i]);
      EXPECT_EQ(after.in_check() && mate_follows(after), question.right[i]);
    }
  }
}

// Reports of different checkpoints and versions of the program can be compared only while the
// questions stay the same: whoever changes them changes kSuiteVersion and this number.
TEST(SkillProbes, TheSuitesOfThisVersionAreAlwaysTheSame) {
  std::uint64_t fingerprint = 0;
  for (const Skill skill : kSkills) {
    for (const auto& question : make_suite(skill, 20).questions) {
      fingerprint = 31 * fingerprint + question.position.key();
      for (const bool right : question.right) fingerprint = 31 * fingerprint + (right ? 1 : 0);
    }
  }
  EXPECT_EQ(fingerprint, 9544055641058373386U);
}

TEST(SkillProbes, AFreshNetworkAnswersAboutAsOftenAsChance) {
  const auto player = Player::fresh(tiny_options().network, "cpu", 42);
  const SkillScore score = probe(player, make_suite(Skill::take_hanging, 60), 512);
  EXPECT_EQ(score.questions, 60);
  EXPECT_NEAR(score.probability, score.chance, 0.03);
}

}  // namespace
}  // namespace keisei::rl
