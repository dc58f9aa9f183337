#include "studio/milestones/milestone_board.h"

#include <gmock/gmock.h>

#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "studio/milestones/kept_show.h"
#include "studio/milestones/milestone_test_kit.h"

namespace keisei::studio {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;
using testing::random_game;
using testing::told_game;
using Show = testing::KeptShow;

TEST(MilestoneBoard, TellsOfAMilestoneWhenItIsKeptAndNotBefore) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, {"7g7f"}));
  EXPECT_THAT(show.told, IsEmpty());
  show.keep_all();
  EXPECT_THAT(show.told, ElementsAre(Pair("win/black", true)));
  EXPECT_THAT(show.disk().keys(), ElementsAre("win/black"));
}

TEST(MilestoneBoard, ListsWhatWasToldForThoseWhoComeLaterTheNewestFirst) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, testing::short_moves()));
  show.keep_all();
  EXPECT_THAT(show.listed(), IsEmpty());
  show.pass(MilestoneBoard::kListDelay);
  EXPECT_THAT(show.listed(), ElementsAre("horse", "win/black"));
  EXPECT_THAT(show.list, HasSubstr(R"("total":2)"));
}

TEST(MilestoneBoard, TellsTheShowWhichGameHoldsAFirst) {
  MilestoneBoard board(testing::real_content());
  std::uint64_t sequence = 0;
  Air air(WallTime(), sequence);
  const auto firsts = [&](const protocol::GameFinished& game) {
    board.on(GameEnded{game});
    board.advance(SteadyTime(), air);
    std::vector<std::string> games;
    for (const Event& event : air.take_events()) {
      if (const auto* first = std::get_if<FirstSeen>(&event)) games.push_back(first->game_id);
    }
    return games;
  };
  board.on(RunBegan{testing::run("run")});
  const auto game = told_game(1, testing::short_moves());
  EXPECT_THAT(firsts(game), ElementsAre(game.game_id, game.game_id)) << "a win and a horse";
  EXPECT_THAT(firsts(told_game(2, testing::short_moves())), IsEmpty());
}

TEST(MilestoneBoard, SaysWhatItIsInWords) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, testing::short_moves()));
  show.keep_all();
  show.pass(MilestoneBoard::kListDelay);
  EXPECT_THAT(show.list, HasSubstr(R"("title":"First horse")"));
  EXPECT_THAT(show.list, HasSubstr("Black's bishop promotes"));
  EXPECT_THAT(show.list, HasSubstr(R"("rule":"A bishop promotes)"));
  EXPECT_THAT(show.list, HasSubstr(R"("run_id":"run","key":"horse")"));
  EXPECT_THAT(show.list, HasSubstr(R"("game_number":1,"ply":3)"));
  EXPECT_THAT(show.list, Not(::testing::ContainsRegex("[{][a-z_]+[}]"))) << "an open place";
}

TEST(MilestoneBoard, KnowsAfterARestartWhatItHasTold) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, testing::short_moves()));
  show.keep_all();
  show.list.clear();
  show.crash();
  show.keep_all();
  EXPECT_THAT(show.listed(), ElementsAre("horse", "win/black"));
  EXPECT_THAT(show.list, HasSubstr("Black's bishop promotes"));
  EXPECT_THAT(show.list, HasSubstr(R"("game_number":1,"ply":3)"));
  show.tell(told_game(2, testing::short_moves()));
  show.keep_all();
  EXPECT_THAT(show.told_keys(), ElementsAre("win/black", "horse"));
}

TEST(MilestoneBoard, SaysThatAMilestoneIsNotSavedWhenNothingCanBeKept) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, {"7g7f"}));
  show.keep_all(false);
  EXPECT_THAT(show.told, ElementsAre(Pair("win/black", false)));
  show.pass(MilestoneBoard::kListDelay);
  EXPECT_THAT(show.list, HasSubstr(R"("saved":false)"));
}

TEST(MilestoneBoard, SavesItLaterWithoutTellingItAgain) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, {"7g7f"}));
  show.keep_all(false);
  show.tell(told_game(2, {"2g2f"}));
  show.keep_all();
  EXPECT_THAT(show.told_keys(), ElementsAre("win/black"));
  EXPECT_THAT(show.disk().keys(), ElementsAre("win/black"));
  EXPECT_THAT(show.list, HasSubstr(R"("saved":true)"));
}

// A run whose store is locked when it begins seems to be a new one.
TEST(MilestoneBoard, TellsNothingWhileItCannotKnowWhatTheRunHadReached) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, testing::short_moves()));
  show.keep_all();
  show.let_the_disk_be_read(false);
  show.crash();
  show.tell(told_game(1, {"7g7f"}));
  show.keep_all();
  show.pass(MilestoneBoard::kListDelay);
  EXPECT_THAT(show.told_keys(), ElementsAre("win/black", "horse"));
  EXPECT_THAT(show.list, HasSubstr(R"("milestones":[],"total":0,"remembered":false)"));
}

TEST(MilestoneBoard, GoesOnWhenItKnowsAgainWhatTheRunHadReached) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, testing::short_moves()));
  show.keep_all();
  show.let_the_disk_be_read(false);
  show.crash();
  show.let_the_disk_be_read(true);
  show.pass(TelemetryDesk::kAskAgain);
  EXPECT_THAT(show.listed(), ElementsAre("horse", "win/black"));
  EXPECT_THAT(show.list, HasSubstr(R"("remembered":true)"));
  auto won = told_game(2, {"7g7f", "3c3d"});
  won.winner = protocol::Side::white;
  show.tell(won);
  show.keep_all();
  EXPECT_THAT(show.told_keys(), ElementsAre("win/black", "horse", "win/white"));
}

TEST(MilestoneBoard, ReadsTheGamesThatEndedMeanwhileWhenItKnowsAgain) {
  Show show;
  show.let_the_disk_be_read(false);
  show.begin("run");
  show.tell(told_game(1, {"7g7f"}));
  show.keep_all();
  EXPECT_THAT(show.told, IsEmpty());
  show.let_the_disk_be_read(true);
  show.pass(TelemetryDesk::kAskAgain);
  show.keep_all();
  EXPECT_THAT(show.told, ElementsAre(Pair("win/black", true)));
}

TEST(MilestoneBoard, ClaimsNoFirstsAfterMoreGamesThanItCouldRead) {
  Show show;
  show.let_the_disk_be_read(false);
  show.begin("run");
  const auto most = static_cast<std::int64_t>(MilestoneBoard::kMostUnread);
  for (std::int64_t number = 1; number <= most + 1; ++number) {
    show.tell(told_game(number, {"7g7f"}));
  }
  show.let_the_disk_be_read(true);
  show.keep_all();
  show.pass(TelemetryDesk::kAskAgain);
  show.tell(told_game(most + 2, testing::short_moves()));
  show.keep_all();
  EXPECT_THAT(show.told_keys(), ElementsAre("win/black"));
}

// The store has it only when the turn is over: to ask in that turn would be to forget it.
TEST(MilestoneBoard, ForgetsNoUpdateOfTheTurnInWhichItWouldAsk) {
  Show show;
  show.let_the_disk_be_read(false);
  show.begin("run");
  show.let_the_disk_be_read(true);
  show.wait(TelemetryDesk::kAskAgain);
  protocol::TrainerMetrics metrics{};
  metrics.update = 9;
  metrics.emitted_at = 1000;
  show.tell(metrics);
  show.keep_all();
  show.pass(std::chrono::milliseconds(1));
  show.tell(metrics);
  show.keep_all();
  EXPECT_EQ(show.disk().updates(), 1U);
}

TEST(MilestoneBoard, TakesBackTheListWhenAnotherRunBegins) {
  Show show;
  show.begin("run");
  show.tell(told_game(1, {"7g7f"}));
  show.keep_all();
  show.begin("another");
  EXPECT_THAT(show.list, HasSubstr(R"("milestones":[],"total":0)"));
  auto game = told_game(1, {"7g7f"});
  game.game_id = "another-1";
  show.tell(game);
  show.keep_all();
  EXPECT_THAT(show.told_keys(), ElementsAre("win/black", "win/black"));
}

TEST(MilestoneBoard, HasRoomInAMessageForItsWholeList) {
  const MilestoneWords words(testing::real_content());
  Milestone milestone{};
  milestone.detail = "no_drop_into_check/90";
  milestone.value = 123'456'789;
  milestone.side = protocol::Side::white;
  milestone.moment = Moment{std::string(64, 'x'), 123'456, 512};
  milestone.reached_at = 1'795'836'845.123456;
  for (const auto kind : protocol::enumerators<protocol::MilestoneKind>()) {
    milestone.kind = kind;
    for (const auto level : protocol::enumerators<protocol::Level>()) {
      for (const auto language : protocol::enumerators<protocol::Language>()) {
        protocol::Milestones list{};
        auto view = words.view(milestone, true, level, language);
        view.run_id = std::string(40, 'x');
        list.milestones.assign(MilestoneBoard::kMostListed, view);
        const std::string json = protocol::encode(list, milestone.reached_at, 1);
        EXPECT_LE(json.size(), protocol::kMaxMessageBytes) << to_string(kind);
        EXPECT_TRUE(protocol::testing::follows_schema(json));
      }
    }
  }
}

/// A trainer's whole story: games, updates, evaluations, and a resume.
class Story {
 public:
  void tell_next(Show& show) {
    switch (*rc::gen::inRange(0, 6)) {
      case 0:
        return tell_update(show);
      case 1:
        return tell_evaluation(show);
      case 2:
        return resume();
      case 3:
        return repeat(show);
      default:
        return tell_game(show);
    }
  }
  /// Told to one that never stops, what would it find?
  const std::set<std::string>& expected() const { return expected_; }

  Story() { reference_.begin(nullptr); }

 private:
  void tell_update(Show& show) {
    protocol::TrainerMetrics metrics{};
    update_ += *rc::gen::inRange(1, 8);
    metrics.update = update_;
    metrics.games = update_ * 40;
    metrics.emitted_at = ++time_;
    expect(reference_.hear(metrics));
    show.tell(metrics);
  }
  void tell_evaluation(Show& show) {
    protocol::EvaluationFinished evaluation{};
    evaluation.update = update_;
    evaluation.random_score = *rc::gen::inRange(0, 101) / 100.0;
    evaluation.random_low = *evaluation.random_score * 0.9;
    evaluation.random_high = 1;
    evaluation.elo = *rc::gen::inRange(-500, 1500);
    evaluation.elo_error = 50;
    evaluation.skills = {{"mate_in_one", *rc::gen::inRange(0, 101), 100}};
    evaluation.past_scores = {{update_ / 2, *rc::gen::inRange(0, 40), 3, 5}};
    evaluation.emitted_at = ++time_;
    evaluations_.push_back(evaluation);
    expect(reference_.hear(evaluation));
    show.tell(evaluation);
  }
  void tell_game(Show& show) {
    const auto game =
        random_game(++number_, *rc::gen::arbitrary<unsigned>(), *rc::gen::inRange(1, 40));
    games_.push_back(game);
    expect(reference_.hear(game));
    show.tell(game);
  }
  // From an older checkpoint: counts from there, other games under old numbers.
  void resume() {
    number_ = *rc::gen::inRange<std::int64_t>(0, number_ + 1);
    update_ = *rc::gen::inRange<std::int64_t>(0, update_ + 1);
  }
  void repeat(Show& show) {
    if (!games_.empty()) show.tell(games_[*rc::gen::inRange<std::size_t>(0, games_.size())]);
    if (!evaluations_.empty()) show.tell(evaluations_.back());
  }
  void expect(const std::vector<Milestone>& found) {
    for (const Milestone& one : found) expected_.insert(one.key());
  }

  MilestoneDetector reference_{testing::real_content().castles()};
  std::set<std::string> expected_;
  std::int64_t number_ = 0;
  std::int64_t update_ = 0;
  double time_ = 1000;
  std::vector<protocol::GameFinished> games_;
  std::vector<protocol::EvaluationFinished> evaluations_;
};

RC_GTEST_PROP(MilestoneBoardThroughCrashes, KeepsEachOnceAndTellsNothingThatIsNotKept, ()) {
  Show show;
  Story story;
  show.begin("run");
  const int steps = *rc::gen::inRange(1, 100);
  for (int i = 0; i < steps; ++i) {
    story.tell_next(show);
    show.keep(*rc::gen::inRange<std::size_t>(0, 4));
    for (const auto& [key, saved] : show.told) RC_ASSERT(saved);
    const auto kept = show.disk().keys();
    for (const std::string& key : show.told_keys()) {
      RC_ASSERT(std::find(kept.begin(), kept.end(), key) != kept.end());
    }
    if (*rc::gen::inRange(0, 8) == 0) show.crash();
  }
  show.keep_all();
  show.pass(MilestoneBoard::kListDelay);

  const auto told = show.told_keys();
  RC_ASSERT(std::set(told.begin(), told.end()).size() == told.size());
  const auto kept = show.disk().keys();
  const std::set<std::string> once(kept.begin(), kept.end());
  RC_ASSERT(once.size() == kept.size());
  RC_ASSERT(once == story.expected());
  const auto all_listed = show.listed();
  const std::set<std::string> listed(all_listed.begin(), all_listed.end());
  RC_ASSERT(listed.size() == std::min(once.size(), MilestoneBoard::kMostListed));
  RC_ASSERT(std::includes(once.begin(), once.end(), listed.begin(), listed.end()));
}

}  // namespace
}  // namespace keisei::studio
