#include "simulation/watched_broker.h"

#include <gmock/gmock.h>

#include <memory>
#include <string>
#include <vector>

#include "protocol/codec.h"

namespace keisei::simulation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A studio that takes everything at once and keeps nothing.
class WatchedBrokerTest : public ::testing::Test {
 protected:
  WatchedBrokerTest() { take_over(); }

  void take_over() {
    epoch_ = broker_.take_over(
        [this](const broker::Input&, broker::Receipt receipt) { receipt.take(epoch_); });
  }
  void open() { broker_.submit(broker::TrainerOpened{1}, nullptr); }
  template <class Message>
  void say(const Message& message) {
    broker_.submit(broker::Telemetry{1, protocol::encode(message, 1, 1)}, nullptr);
  }
  static protocol::RunStarted run() {
    protocol::RunStarted run{};
    run.run_id = "run";
    run.environments = 1;
    return run;
  }
  static protocol::GameFinished game() {
    protocol::GameFinished game{};
    game.game_id = "run-1";
    game.game_number = 1;
    game.moves = {"7g7f"};
    return game;
  }

  static protocol::MilestoneView milestone(bool is_saved) {
    protocol::MilestoneView milestone{};
    milestone.key = "checkmate";
    milestone.update = 3;
    milestone.reached_at = 1'764'000'000.25;
    milestone.saved = is_saved;
    return milestone;
  }
  void write_milestone() {
    record_.written(std::vector<store::Entry>{store::KeptMilestone{
                        "run", "checkmate", 3, {}, {}, {}, 1'764'000'000.25}},
                    true);
  }
  void show(const protocol::MilestoneView& milestone) {
    const auto frame = std::make_shared<broker::Frame>();
    frame->message = protocol::message_index<protocol::MilestoneReached>();
    frame->variants.fill(std::make_shared<const std::string>(
        protocol::encode(protocol::MilestoneReached{milestone}, 1, ++shown_)));
    on_air_.take({epoch_, {frame}});
  }

  const std::vector<std::string>& faults() const { return judge_.faults(); }

  Schedule schedule_{Random(1)};
  Story story_{schedule_, {}};
  Judge judge_{story_};
  KeepingRecord record_{judge_};
  OnAir on_air_{record_};
  Counters counters_;
  Sabotage sabotage_;
  WatchedBroker broker_{counters_, on_air_, record_, sabotage_, {[] {}, [] {}}};
  broker::Epoch epoch_ = 0;
  std::uint64_t shown_ = 0;
};

TEST_F(WatchedBrokerTest, MindsAStudioThatTakesWhatIsNotWritten) {
  open();
  say(run());
  say(game());
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("what is acknowledged is kept")));
}

TEST_F(WatchedBrokerTest, MindsNothingThatWasWritten) {
  record_.written(std::vector<store::Entry>{store::KeptGame{"run", 1, game()}}, true);
  open();
  say(run());
  say(game());
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(WatchedBrokerTest, MindsNothingThatAStudioTakesOfATrainerThatItDoesNotKnow) {
  open();
  take_over();
  say(run());
  say(game());
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(WatchedBrokerTest, MindsAMilestoneThatIsToldTwice) {
  write_milestone();
  show(milestone(true));
  EXPECT_THAT(faults(), IsEmpty());
  show(milestone(true));
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("no milestone comes twice")));
}

TEST_F(WatchedBrokerTest, MindsAMilestoneThatIsToldAsKeptBeforeItIsWritten) {
  show(milestone(true));
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("what is acknowledged is kept")));
}

TEST_F(WatchedBrokerTest, AllowsAMilestoneThatCouldNotBeKeptToComeAgain) {
  show(milestone(false));
  show(milestone(false));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(WatchedBrokerTest, KnowsWhichMilestoneCameBefore) {
  EXPECT_EQ(on_air_.milestone_before(9), 0u);
  show(milestone(false));
  show(milestone(false));
  EXPECT_EQ(on_air_.milestone_before(1), 0u);
  EXPECT_EQ(on_air_.milestone_before(2), 1u);
  EXPECT_EQ(on_air_.milestone_before(9), 2u);
}

}  // namespace
}  // namespace keisei::simulation
