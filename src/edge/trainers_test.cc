#include "edge/edge_test_kit.h"

namespace keisei::edge::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

constexpr const char* kToken = "Authorization: Bearer the token\r\n";

class TrainersTest : public EdgeTest {
 protected:
  bool tells(const std::string& json) {
    return studio().hears<broker::Telemetry>([&](const auto& told) { return told.json == json; });
  }
};

TEST_F(TrainersTest, AreNotAdmittedWithoutTheToken) {
  EXPECT_THAT(TestClient(port()).upgrade("/ingest"), HasSubstr("401"));
  EXPECT_THAT(TestClient(port()).upgrade("/ingest", "Authorization: Bearer a token\r\n"),
              HasSubstr("401"));
  EXPECT_EQ(edge_counters().trainers_unauthorized.value(), 2u);
}

TEST_F(TrainersTest, TellTheStudioWhatTheySayAndWhenTheyAreGone) {
  {
    TestClient trainer(port());
    ASSERT_THAT(trainer.upgrade("/ingest", kToken), HasSubstr("101"));
    trainer.say("an event");
    EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
    EXPECT_TRUE(tells("an event"));
  }
  EXPECT_TRUE(studio().hears<broker::TrainerClosed>());
}

TEST_F(TrainersTest, AreReplacedByTheNewest) {
  TestClient old(port());
  old.upgrade("/ingest", kToken);
  TestClient fresh(port());
  fresh.upgrade("/ingest", kToken);
  EXPECT_EQ(old.receive_goodbye(), "replaced");
  fresh.say("still here");
  EXPECT_TRUE(tells("still here"));
}

TEST_F(TrainersTest, AreToldWhatTheStudioHasTaken) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  trainer.say("an event");
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("type":"telemetry_acknowledged")"));
}

TEST_F(TrainersTest, AreToldNothingBeforeTheStudioHasTakenIt) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
  studio().hesitate();
  trainer.say("an event");
  ASSERT_TRUE(tells("an event"));
  trainer.say("", Opcode::ping);
  EXPECT_EQ(trainer.receive()->opcode, Opcode::pong) << "and no acknowledgement before it";
  for (broker::Receipt& receipt : studio().waiting()) receipt.take(studio().epoch());
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("data":{"received":1})"));
}

TEST_F(TrainersTest, MustComeAgainWhenTheStudioHasNotTakenWhatTheySaid) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
  studio().hesitate();
  trainer.say("an event");
  ASSERT_TRUE(tells("an event"));
  for (broker::Receipt& receipt : studio().waiting()) receipt.refuse(broker::Refusal::full);
  EXPECT_EQ(trainer.receive_goodbye(), "refused");
  EXPECT_EQ(edge_counters().telemetry_refused[broker::Refusal::full].value(), 1u);
  EXPECT_EQ(edge_counters().telemetry_taken.value(), 0u);
}

TEST_F(TrainersTest, AreNotReadWhileTooMuchIsUnanswered) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
  studio().hesitate();
  const std::string event(32 * 1024, 'x');
  constexpr std::size_t kEvents = 200;  // 6.25 MiB: more than the sockets hold
  std::thread sender([&] {
    for (std::size_t i = 0; i < kEvents; ++i) trainer.say(event);
  });
  EXPECT_TRUE(comes_true([&] { return edge_counters().trainer_pauses.value() == 1; }));
  EXPECT_LT(studio().bytes_told(), Trainer::kMostUnanswered + 128 * 1024);
  // The studio catches up: reading goes on, and nothing was lost.
  EXPECT_TRUE(comes_true([&] {
    for (broker::Receipt& receipt : studio().waiting()) receipt.take(studio().epoch());
    return edge_counters().telemetry_taken.value() == kEvents;
  }));
  sender.join();
}

TEST_F(TrainersTest, HearTheStudiosWord) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  const broker::Session session = studio().session();
  studio().tell(session + 1, true);
  studio().tell(session, false);
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("data":{"streaming":false})"));
}

TEST_F(TrainersTest, HearNoWordOfAReplacedStudio) {
  careless_.answer_as(5);
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  const broker::Session session = studio().session();
  careless_.bring(broker::TrainerWord{5, session, {false}});
  careless_.bring(broker::TrainerWord{4, session, {true}});
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("data":{"streaming":false})"));
  trainer.say("", Opcode::ping);
  EXPECT_EQ(trainer.receive()->opcode, Opcode::pong);
  EXPECT_EQ(edge_counters().old_studio[OldStudio::words].value(), 1u);
}

TEST_F(TrainersTest, AreNotAcknowledgedWhatAReplacedStudioHasTaken) {
  careless_.answer_as(5);
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  careless_.answer_as(4);
  trainer.say("an event");
  EXPECT_THAT(trainer.receive()->payload, HasSubstr("refused"));
  EXPECT_EQ(edge_counters().old_studio[OldStudio::answers].value(), 1u);
  EXPECT_EQ(edge_counters().telemetry_taken.value(), 0u);
}

TEST_F(TrainersTest, MustComeAgainWhenAReplacedStudioHasAnswered) {
  careless_.bring(batch_of<protocol::GameState>(5, "new"));
  careless_.answer_as(4);
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  EXPECT_EQ(trainer.receive_goodbye(), "refused");
  EXPECT_EQ(edge_counters().old_studio[OldStudio::answers].value(), 1u);
  EXPECT_EQ(edge_counters().telemetry_refused[broker::Refusal::old_studio].value(), 1u);
}

TEST_F(TrainersTest, ComeAgainWhenAStudioThatDoesNotKnowThemTakesOver) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  trainer.say("confirmed");
  ASSERT_THAT(trainer.receive_text(), HasSubstr("telemetry_acknowledged"));
  TestStudio fresh(broker_);
  fresh.publish<protocol::GameState>("hello");
  EXPECT_EQ(trainer.receive_goodbye(), "going_away");
  TestClient again(port());
  again.upgrade("/ingest", kToken);
  EXPECT_TRUE(fresh.hears<broker::TrainerOpened>());
  again.say("not confirmed");
  EXPECT_THAT(again.receive_text(), HasSubstr(R"("data":{"received":1})"));
}

TEST_F(TrainersTest, AreNotAcknowledgedWhatAStudioTakesThatDoesNotKnowThem) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  trainer.say("confirmed");
  ASSERT_THAT(trainer.receive_text(), HasSubstr("telemetry_acknowledged"));
  TestStudio fresh(broker_);
  clock_.pass(1s);
  trainer.say("lost");
  EXPECT_THAT(trainer.receive()->payload, HasSubstr("going_away"));
  EXPECT_TRUE(fresh.hears<broker::Telemetry>());
  EXPECT_EQ(edge_counters().telemetry_taken.value(), 1u);
}

TEST_F(TrainersTest, AreGivenUpWhenTheyFallSilent) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
  clock_.pass(21s);
  EXPECT_TRUE(studio().hears<broker::TrainerClosed>());
  EXPECT_EQ(edge_counters().trainers_left[Leaving::no_pong].value(), 1u);
}

}  // namespace
}  // namespace keisei::edge::testing
