#include "edge/edge_test_kit.h"

namespace keisei::edge::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;

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
  EXPECT_THAT(told_.lines(), ElementsAre(HasSubstr("turned away from 127.0.0.1: the operator")));
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
  EXPECT_EQ(old.receive_goodbye(), "another trainer took over");
  fresh.say("still here");
  EXPECT_TRUE(tells("still here"));
  EXPECT_THAT(told_.lines(), ElementsAre(HasSubstr("one from 127.0.0.1 took over")));
  clock_.pass(3s);  // longer than a connection is kept for its answer to a goodbye
  EXPECT_TRUE(
      comes_true([&] { return edge_counters().trainers_left[Leaving::replaced].value() == 1; }));
}

TEST_F(TrainersTest, AreSaidToTakeOverAlsoWhenOneHasJustBeenTurnedAway) {
  TestClient(port()).upgrade("/ingest");
  TestClient old(port());
  old.upgrade("/ingest", kToken);
  TestClient fresh(port());
  fresh.upgrade("/ingest", kToken);
  EXPECT_EQ(old.receive_goodbye(), "another trainer took over");
  EXPECT_THAT(told_.lines(), ElementsAre(HasSubstr("turned away"), HasSubstr("took over")));
}

TEST_F(TrainersTest, AreToldByACodeOfItsOwnThatAnotherTookOver) {
  TestClient old(port());
  old.upgrade("/ingest", kToken);
  TestClient fresh(port());
  fresh.upgrade("/ingest", kToken);
  EXPECT_THAT(old.receive()->payload, StartsWith("\x0f\xa1"));  // 4001
}

TEST_F(TrainersTest, ThatYieldComeOnlyWhenThereIsNoOther) {
  const std::string yielding = std::string(kToken) + "Keisei-Yield: 1\r\n";
  {
    TestClient other(port());
    other.upgrade("/ingest", kToken);
    const std::string refusal = TestClient(port()).upgrade("/ingest", yielding);
    EXPECT_THAT(refusal, HasSubstr("409 Conflict"));
    other.say("still here");
    EXPECT_TRUE(tells("still here"));
  }
  EXPECT_TRUE(studio().hears<broker::TrainerClosed>());
  EXPECT_THAT(TestClient(port()).upgrade("/ingest", yielding), HasSubstr("101"));
}

TEST_F(TrainersTest, AreNotEvictedByAnUpgradeThatIsRefused) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  TestClient without_key(port());
  EXPECT_THAT(without_key.get("/ingest", std::string(kToken) +
                                             "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                                             "Sec-WebSocket-Version: 13\r\n"),
              HasSubstr("400"));
  trainer.say("still here");
  EXPECT_TRUE(tells("still here"));
  EXPECT_EQ(edge_counters().trainers_left.total(), 0u);
}

TEST_F(TrainersTest, AreToldWhatTheStudioHasTaken) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  trainer.say("an event");
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("type":"telemetry_acknowledged")"));
}

TEST_F(TrainersTest, HearMessagesCountedFromOneOnTheirConnection) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  const broker::Session session = studio().session();
  for (int i = 1; i <= 3; ++i) {
    studio().tell(session, i % 2 == 0);
    EXPECT_THAT(trainer.receive_text(), HasSubstr("\"seq\":" + std::to_string(i) + ","));
  }
}

TEST_F(TrainersTest, AreClosedWhenTheirPingsNeverEnd) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  std::string flood;
  for (int i = 0; i < 1000; ++i) flood += TestClient::masked(Opcode::ping, "");
  trainer.write(flood);
  EXPECT_EQ(trainer.receive_goodbye(), "rate_limit");
}

TEST_F(TrainersTest, AreNotReadWhileTooManyEmptyMessagesAreUnanswered) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
  studio().hesitate();
  std::string flood;
  for (int i = 0; i < 20'000; ++i) flood += TestClient::masked(Opcode::text, "");
  trainer.write(flood);
  EXPECT_TRUE(comes_true([&] { return edge_counters().trainer_pauses.value() == 1; }));
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

TEST_F(TrainersTest, AreToldOfTheLastThatTheySaidWithoutSayingMore) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  trainer.say("one event");
  trainer.say("another");
  EXPECT_THAT(trainer.receive_until(R"("received":2)"), HasSubstr("telemetry_acknowledged"));
}

constexpr std::string_view kEvent = "an event";
constexpr const char* kGoodbye = "\x03\xe8";  // 1000

// So many events and a goodbye, which come together.
void say_and_leave(TestClient& trainer, int events) {
  std::string all;
  for (int i = 0; i < events; ++i) all += TestClient::masked(Opcode::text, kEvent);
  trainer.write(all + TestClient::masked(Opcode::close, kGoodbye));
}

TEST_F(TrainersTest, AreToldWhatWasTakenBeforeTheirGoodbyeIsAnswered) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
  studio().hesitate();
  say_and_leave(trainer, 3);
  ASSERT_TRUE(comes_true([&] { return studio().bytes_told() == 3 * kEvent.size(); }));
  on_server([] {});  // it has read the goodbye
  for (broker::Receipt& receipt : studio().waiting()) receipt.take(studio().epoch());
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("data":{"received":3})"));
  EXPECT_THAT(trainer.receive()->payload, StartsWith(kGoodbye));
  EXPECT_TRUE(trainer.is_closed());
}

TEST_F(TrainersTest, AreToldAtTheirGoodbyeHowMuchAStudioHasTakenThatHangs) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
  studio().hesitate();
  say_and_leave(trainer, 2);
  ASSERT_TRUE(comes_true([&] { return studio().bytes_told() == 2 * kEvent.size(); }));
  on_server([] {});  // it has read the goodbye
  auto receipts = studio().waiting();
  receipts.front().take(studio().epoch());
  ASSERT_TRUE(comes_true([&] { return edge_counters().telemetry_taken.value() == 1; }));
  clock_.pass(6s);
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("data":{"received":1})"));
  EXPECT_THAT(trainer.receive()->payload, StartsWith(kGoodbye));
}

TEST_F(TrainersTest, AreNotReplacedWhenTheyHaveSaidGoodbye) {
  TestClient old(port());
  old.upgrade("/ingest", kToken);
  EXPECT_TRUE(studio().hears<broker::TrainerOpened>());
  studio().hesitate();
  say_and_leave(old, 1);
  ASSERT_TRUE(tells("an event"));
  on_server([] {});  // it has read the goodbye
  TestClient fresh(port());
  EXPECT_THAT(fresh.upgrade("/ingest", std::string(kToken) + "Keisei-Yield: 1\r\n"),
              HasSubstr("101"));
  for (broker::Receipt& receipt : studio().waiting()) receipt.take(studio().epoch());
  EXPECT_THAT(old.receive_text(), HasSubstr(R"("data":{"received":1})"));
  EXPECT_THAT(old.receive()->payload, StartsWith(kGoodbye));
  EXPECT_TRUE(told_.lines().empty());
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
  // Time enough to read all of it, were anything read.
  for (int turn = 0; turn < 2000; ++turn) on_server([] {});
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

TEST_F(TrainersTest, HearWhatOfTheirTelemetryIsUnusable) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  studio().tell(studio().session(),
                broker::Word(protocol::TelemetryUnusable{protocol::Unusable::game, "why", 3}));
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("what":"game","reason":"why","times":3)"));
}

TEST_F(TrainersTest, HearNoWordOfAReplacedStudio) {
  careless_.answer_as(5);
  TestClient trainer(port());
  trainer.upgrade("/ingest", kToken);
  const broker::Session session = studio().session();
  careless_.bring(broker::TrainerWord{5, session, protocol::StreamControl{false}});
  careless_.bring(broker::TrainerWord{4, session, protocol::StreamControl{true}});
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
