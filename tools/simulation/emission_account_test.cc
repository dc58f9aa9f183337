#include "simulation/emission_account.h"

#include <gmock/gmock.h>

#include <chrono>
#include <string>
#include <vector>

#include "simulation/machine_clock.h"

namespace keisei::simulation {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class EmissionAccountTest : public ::testing::Test {
 protected:
  static hook::GameFinishedEvent game() {
    hook::GameFinishedEvent game;
    game.game_number = 1;
    game.moves.add("7g7f");
    return game;
  }
  std::string wrong() const { return account_.wrong_in(record_, clock_.steady()); }

  Schedule schedule_{Random(1)};
  Story story_{schedule_, {}};
  Judge judge_{story_};
  KeepingRecord record_{judge_};
  MachineClock clock_{schedule_};
  hook::Rooms rooms_;
  hook::HookStatus status_;
  hook::Lanes lanes_{rooms_, status_.gate, clock_};
  EmissionAccount account_{"run", clock_};
};

TEST_F(EmissionAccountTest, MindsAResultThatIsLostWithoutBeingCounted) {
  account_.add(game());
  EXPECT_THAT(wrong(), HasSubstr("1 of 1 results and updates have not arrived"));
}

TEST_F(EmissionAccountTest, MindsNoResultThatHasArrived) {
  account_.add(game());
  const auto told = hook::to_message(game(), "run", unix_seconds(clock_.wall()));
  record_.written(std::vector<store::Entry>{store::KeptGame{"run", 1, told}}, true);
  EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(EmissionAccountTest, MindsNoResultThatTheHookHasCountedAsLost) {
  account_.add(game());
  status_.counters.count_drop(hook::kKindOf<hook::MoveEvent>, hook::DropReason::ring_full);
  account_.count_drops(status_, lanes_);
  EXPECT_THAT(wrong(), HasSubstr("have not arrived"));
  status_.counters.count_drop(hook::kKindOf<hook::GameFinishedEvent>, hook::DropReason::ended);
  account_.count_drops(status_, lanes_);
  EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(EmissionAccountTest, MindsNoResultOfJustNow) {
  const SteadyTime before = clock_.steady();
  schedule_.step(before + std::chrono::seconds(1));
  account_.add(game());
  EXPECT_THAT(account_.wrong_in(record_, before), IsEmpty());
}

TEST_F(EmissionAccountTest, MindsEventsThatNobodyCounts) {
  lanes_.add().emit(hook::MoveEvent{});
  EXPECT_THAT(wrong_in(status_, lanes_, 0), HasSubstr("1 events were emitted"));
  EXPECT_THAT(wrong_in(status_, lanes_, 1), IsEmpty());
  status_.counters.count_acknowledged();
  EXPECT_THAT(wrong_in(status_, lanes_, 0), IsEmpty());
}

TEST_F(EmissionAccountTest, KnowsTheNewestUpdate) {
  EXPECT_EQ(account_.update_at(clock_.steady()), 0);
  hook::MetricsEvent update;
  update.update = 7;
  account_.add(update);
  EXPECT_EQ(account_.update_at(clock_.steady()), 7);
}

}  // namespace
}  // namespace keisei::simulation
