#include "studio/run/complaints.h"

#include "studio/studio_fixture.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::TrainerGame;

/// Who is told what of telemetry comes to nothing.
class ComplaintsTest : public StudioTest {};

TEST_F(ComplaintsTest, TellsPeopleAndTheTrainerWhatItCannotDecode) {
  connect();
  tell(run());
  protocol::Heartbeat heartbeat{};
  heartbeat.emitted = -1;
  tell(heartbeat);
  EXPECT_THAT(told_,
              ::testing::ElementsAre("telemetry is refused: run \"run\": emitted: -1 is below 0"));
  ASSERT_EQ(complaints_.size(), 1u);
  EXPECT_EQ(complaints_[0].what, protocol::Unusable::message);
  EXPECT_EQ(complaints_[0].reason, "emitted: -1 is below 0");
}

TEST_F(ComplaintsTest, TellsOfAFloodOfWhatItCannotDecodeOnce) {
  connect();
  tell(run());
  for (int i = 0; i < 1000; ++i) give(broker::Telemetry{1, "not JSON"});
  pass(500ms);
  EXPECT_EQ(told_.size(), 1u);
  EXPECT_EQ(complaints_.size(), 1u);
  pass(600ms);
  ASSERT_EQ(complaints_.size(), 2u);
  EXPECT_EQ(complaints_[0].times + complaints_[1].times, 1000);
}

TEST_F(ComplaintsTest, LetsNobodyForgeALineWithAFieldsName) {
  connect();
  auto started = run();
  started.name = "a\nb";
  tell(started);
  give(broker::Telemetry{1,
                         R"({"type":"heartbeat","timestamp":1,"seq":1,"a\nforged":1,"data":{}})"});
  ASSERT_EQ(told_.size(), 1u);
  EXPECT_THAT(told_[0], Not(HasSubstr("\n")));
  EXPECT_THAT(told_[0], HasSubstr(R"(a\nforged)"));
}

TEST_F(ComplaintsTest, TellsWhichGameBreaksAndWhose) {
  connect();
  tell(run("mine"));
  auto move = TrainerGame(1, testing::short_moves()).move(0);
  move.usi = "1a9i";
  tell(move);
  EXPECT_THAT(told_, ::testing::ElementsAre(
                         "a game cannot be shown: run \"mine\": game run-1, move 1: move "
                         "\"1a9i\": the piece is the opponent's (illegal_move)"));
  ASSERT_EQ(complaints_.size(), 1u);
  EXPECT_EQ(complaints_[0].what, protocol::Unusable::game);
}

TEST_F(ComplaintsTest, TellWhichMoveOfThePolicyIsNone) {
  connect();
  tell(run("mine"));
  auto move = TrainerGame(1, testing::short_moves()).move(0);
  move.top.push_back({"1a9i", 0.1F});
  for (int i = 0; i < 3; ++i) move.top.push_back({"??", 0.1F});
  move.top.resize(5);
  tell(move);
  EXPECT_THAT(told_,
              ::testing::ElementsAre(
                  "a move of the policy is not shown: run \"mine\": game run-1, move 1: move "
                  "\"1a9i\": the piece is the opponent's (illegal_move)"));
  ASSERT_EQ(complaints_.size(), 1u);
  EXPECT_EQ(complaints_[0].what, protocol::Unusable::choice);
  EXPECT_EQ(complaints_[0].times, 3);
  EXPECT_EQ(count("game_state"), 1) << "the game is shown all the same";
}

}  // namespace
}  // namespace keisei::studio
