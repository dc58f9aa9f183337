#include "simulation/keeping_record.h"

#include <gmock/gmock.h>

#include <cstdint>
#include <string>
#include <utility>
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
  void write(store::Entry entry, bool kept = true) {
    record_.written(std::vector{std::move(entry)}, kept);
  }
  static store::KeptUpdate update(std::int64_t number) {
    return {"run", 1, {number, 1024, 0, 1.5, {}}};
  }
  static store::KeptMilestone milestone() { return {"run", "checkmate", 1, {}, {}, {}, 1.5}; }
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

TEST_F(KeepingRecordTest, MindsNoGameThatTheStoreHasWrittenOrLost) {
  write(store::KeptGame{"run", 1, game()});
  write(store::KeptGame{"run", 1, game({"2g2f"})}, false);
  record_.acknowledged("run", game());
  record_.acknowledged("run", game({"2g2f"}));
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(KeepingRecordTest, MindsAGameThatIsNotRemembered) {
  write(store::KeptGame{"run", 1, game()});
  record_.power_was_lost();
  record_.compare("run", nullptr);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("is not in the store")));
}

TEST_F(KeepingRecordTest, MindsAnUpdateThatIsForgottenUnlessPowerWasLost) {
  write(update(1));
  record_.power_was_lost();
  record_.compare("run", nullptr);
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(KeepingRecordTest, PardonsAPowerCutOnlyWhatWasWrittenBefore) {
  write(update(1));
  record_.power_was_lost();
  record_.compare("run", nullptr);
  write(update(2));
  record_.compare("run", nullptr);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("update 2")));
}

TEST_F(KeepingRecordTest, PardonsNothingThatWasThereAfterThePowerCut) {
  write(update(1));
  record_.power_was_lost();
  store::RunMemory memory{};
  memory.updates.push_back(update(1));
  record_.compare("run", &memory);
  record_.compare("run", nullptr);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("update 1")));
}

TEST_F(KeepingRecordTest, MindsAFirstOfARunOfWhichAGameWasMissed) {
  store::KeptMilestone first = milestone();
  first.game_number = 2;
  write(first);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("checkmate in game 2, and game 1 of run run")));
}

TEST_F(KeepingRecordTest, MindsNoFirstOfARunOfWhichAllGamesCame) {
  protocol::GameFinished before = game();
  before.game_number = 1;
  write(store::KeptGame{"run", 1, before}, false);
  store::KeptMilestone first = milestone();
  first.game_number = 2;
  write(first);
  EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(KeepingRecordTest, MindsAMilestoneThatIsForgotten) {
  write(milestone());
  record_.power_was_lost();
  record_.compare("run", nullptr);
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("milestone checkmate of run run is not in the")));
}

TEST_F(KeepingRecordTest, MindsAMilestoneThatIsKeptTwice) {
  write(milestone());
  EXPECT_THAT(faults(), IsEmpty());
  write(milestone());
  EXPECT_THAT(faults(), ElementsAre(HasSubstr("no milestone comes twice")));
}

}  // namespace
}  // namespace keisei::simulation
