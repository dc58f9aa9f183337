#include "simulation/keeping_record.h"

#include <gmock/gmock.h>

#include <vector>

namespace keisei::simulation {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class KeepingRecordTest : public ::testing::Test {
 protected:
  static protocol::GameFinished game(std::vector<std::string> moves = {"7g7f"}) {
    protocol::GameFinished game{};
    game.game_id = "run-1";
    game.moves = std::move(moves);
    return game;
  }
  void answer(store::Entry entry, bool kept = true) {
    record_.answered(std::vector{std::move(entry)}, kept);
  }
  const std::vector<std::string>& faults() const { return judge_.faults(); }

  Schedule schedule_{Random(1)};
  Story story_{schedule_, {}};
  Judge judge_{story_};
  KeepingRecord record_{judge_};
};

TEST_F(KeepingRecordTest, MindsAGameThatWasAcknowledgedAndNeverHandedOver) {
  record_.acknowledged("run", game());
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("the store never heard of it")));
}

TEST_F(KeepingRecordTest, MindsNoGameThatTheStoreHasAnsweredFor) {
  answer(store::KeptGame{"run", 1, game()});
  answer(store::KeptGame{"run", 1, game({"2g2f"})}, false);
  record_.acknowledged("run", game());
  record_.acknowledged("run", game({"2g2f"}));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(KeepingRecordTest, MindsAGameThatIsNotRemembered) {
  answer(store::KeptGame{"run", 1, game()});
  record_.power_was_lost();
  record_.compare("run", nullptr);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("is not in the store")));
}

TEST_F(KeepingRecordTest, MindsAnUpdateThatIsForgottenUnlessPowerWasLost) {
  answer(store::KeptUpdate{"run", 1, {1, 1024, 0, 1.5, {}}});
  record_.power_was_lost();
  record_.compare("run", nullptr);
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(KeepingRecordTest, MindsAMilestoneThatIsKeptTwice) {
  const store::KeptMilestone milestone{"run", "checkmate", 1, {}, {}, {}, 1.5};
  answer(milestone);
  EXPECT_THAT(faults(), IsEmpty());
  answer(milestone);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("no milestone comes twice")));
}

}  // namespace
}  // namespace keisei::simulation
