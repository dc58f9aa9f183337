#include "studio/game/remark_chooser.h"

#include <gmock/gmock.h>

#include "studio/game/director.h"
#include "studio/game/fact_weights.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::Level;
using shogi::MoveRule;
using testing::short_moves;
using testing::TrainerGame;

ToldFact told(MoveRule rule, shogi::Move mate = {}) {
  shogi::MoveFact fact{rule, shogi::Color::black};
  fact.move = mate;
  return {fact};
}

class RemarkChooserTest : public ::testing::Test {
 protected:
  RemarkChooserTest() {
    TrainerGame(1, short_moves()).tell_all(director_.library());
    for (int i = 0; i < 3; ++i) {
      director_.advance(clock_.steady());
      clock_.pass(5s);
    }
  }
  const Scene& scene() const { return *director_.scene(); }

  /// Facts of a move of which the network told its rank, too.
  static SceneFacts facts(std::vector<ToldFact> told) {
    SceneFacts facts;
    facts.played = ShownMove{};
    facts.alternatives.emplace();
    facts.told = std::move(told);
    return facts;
  }
  /// "fact 0, choice"
  std::string said(const SceneFacts& facts, Level level) {
    std::string text;
    const auto remarks = chooser_.choose(scene(), facts);
    for (const Remark& remark : remarks[static_cast<std::size_t>(level)]) {
      text += text.empty() ? "" : ", ";
      text += remark.kind == Remark::Kind::swing    ? "swing"
              : remark.kind == Remark::Kind::choice ? "choice"
                                                    : "fact " + std::to_string(remark.fact);
    }
    return text;
  }

  ManualClock clock_;
  Counters counters_;
  Director director_{DirectorOptions{}, counters_, testing::kUntold};
  Commentary commentary_{testing::real_content()};
  RemarkChooser chooser_{commentary_};
};

TEST_F(RemarkChooserTest, GivesBeginnersTheWeightiestFact) {
  EXPECT_EQ(said(facts({told(MoveRule::fork), told(MoveRule::check)}), Level::beginner), "fact 0");
}

TEST_F(RemarkChooserTest, TellsBeginnersNothingOfRanks) {
  EXPECT_EQ(said(facts({}), Level::beginner), "");
}

TEST_F(RemarkChooserTest, GivesOthersTwoRemarks) {
  const auto three = facts({told(MoveRule::fork), told(MoveRule::pin), told(MoveRule::check)});
  EXPECT_EQ(said(three, Level::intermediate), "fact 0, fact 1");
}

TEST_F(RemarkChooserTest, FillsUpWithTheRank) {
  EXPECT_EQ(said(facts({told(MoveRule::fork)}), Level::intermediate), "fact 0, choice");
}

TEST_F(RemarkChooserTest, AlwaysTellsTheAdvancedTheRank) {
  EXPECT_EQ(said(facts({told(MoveRule::fork), told(MoveRule::pin)}), Level::advanced),
            "fact 0, choice");
}

TEST_F(RemarkChooserTest, GivesTheAdvancedTwoFactsWhereNoRankIsTold) {
  auto unranked = facts({told(MoveRule::fork), told(MoveRule::pin)});
  unranked.alternatives.reset();
  EXPECT_EQ(said(unranked, Level::advanced), "fact 0, fact 1");
}

TEST_F(RemarkChooserTest, SaysNoRuleOfThreeMovesRunning) {
  const auto same = facts({told(MoveRule::check), told(MoveRule::attack)});
  EXPECT_EQ(said(same, Level::beginner), "fact 0");
  EXPECT_EQ(said(same, Level::beginner), "fact 0");
  EXPECT_EQ(said(same, Level::beginner), "fact 1");
  EXPECT_EQ(said(same, Level::beginner), "fact 0") << "after a pause it may come again";
}

TEST_F(RemarkChooserTest, SaysNoSentenceThreeTimesRunning) {
  EXPECT_EQ(said(facts({}), Level::intermediate), "choice");
  EXPECT_EQ(said(facts({}), Level::intermediate), "choice");
  EXPECT_EQ(said(facts({}), Level::intermediate), "");
}

TEST_F(RemarkChooserTest, SpeaksOfAMateOnce) {
  const auto mate = shogi::Move::drop(shogi::PieceType::gold, shogi::parse_square("5b").value());
  const auto twice = facts({told(MoveRule::mate_in_1_missed, mate),
                            told(MoveRule::mate_in_1_threatened, mate), told(MoveRule::attack)});
  EXPECT_EQ(said(twice, Level::intermediate), "fact 0, fact 2");
}

TEST_F(RemarkChooserTest, ForgetsTheGameBefore) {
  const auto same = facts({told(MoveRule::check)});
  said(same, Level::beginner);
  said(same, Level::beginner);
  chooser_.choose(scene(), SceneFacts{});  // another begins
  EXPECT_EQ(said(same, Level::beginner), "fact 0");
}

TEST(FactWeights, PutAMissedMateFirstAndACheckLast) {
  for (const MoveRule rule : enumerators<MoveRule>()) {
    const int weight = weight_of({rule, shogi::Color::black});
    EXPECT_GT(weight, 0) << keisei::to_string(rule);
    if (rule != MoveRule::mate && rule != MoveRule::mate_in_1_missed) {
      EXPECT_LT(weight, weight_of({MoveRule::mate_in_1_missed, shogi::Color::black}));
    }
    if (rule != MoveRule::check) {
      EXPECT_GT(weight, weight_of({MoveRule::check, shogi::Color::black}));
    }
  }
}

TEST(FactWeights, GrowWithWhatIsAtStake) {
  shogi::MoveFact pawn{MoveRule::undefended_taken, shogi::Color::black};
  pawn.amount = 2;
  shogi::MoveFact rook = pawn;
  rook.amount = 20;
  EXPECT_GT(weight_of(rook), weight_of(pawn));
}

}  // namespace
}  // namespace keisei::studio
