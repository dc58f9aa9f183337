#include <memory>
#include <set>
#include <string>
#include <vector>

#include "edge/edge_test_kit.h"
#include "protocol/codec.h"

namespace keisei::edge::testing {
namespace {

using namespace std::chrono_literals;
using protocol::GameState;
using protocol::MetricsHistory;
using protocol::PpoMetrics;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

constexpr const char* kStop =
    R"({"type":"control","data":{"token":"the token","command":"stop_streaming"}})";

class ViewersTest : public EdgeTest {
 protected:
  ViewersTest() : EdgeTest({.admission = {.max_viewers = 40}}) {}

  // Who has said hello, and been answered.
  std::unique_ptr<TestClient> viewer(const std::string& hello = "{}", int receive_buffer = 0) {
    auto viewer = std::make_unique<TestClient>(port(), receive_buffer);
    viewer->upgrade("/ws");
    viewer->say(hello);
    const std::string welcome = viewer->receive_until("connection_established");
    const auto id = welcome.find("\"client_id\":\"") + 13;
    last_id_ = welcome.substr(id, 32);
    return viewer;
  }

  std::string last_id_;
};

TEST_F(ViewersTest, AreAnsweredAndThenSentThePresent) {
  studio().publish<GameState>("position 7");
  TestClient viewer(port());
  ASSERT_THAT(viewer.upgrade("/ws"), HasSubstr("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  viewer.say("{}");
  EXPECT_THAT(viewer.receive_text(), HasSubstr("connection_established"));
  EXPECT_EQ(viewer.receive_text(), "position 7 for intermediate en");
}

TEST_F(ViewersTest, HearRepliesThatAreNotCounted) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say("{}");
  EXPECT_THAT(viewer.receive_text(), HasSubstr("\"seq\":0,"));
  viewer.say("no JSON");
  EXPECT_THAT(viewer.receive_text(), HasSubstr("\"seq\":0,"));
}

TEST_F(ViewersTest, MaySay4096BytesAtOnce) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say("{}" + std::string(4094, ' '));
  EXPECT_THAT(viewer.receive_text(), HasSubstr("connection_established"));
  viewer.say("{}" + std::string(4095, ' '));
  EXPECT_THAT(viewer.receive()->payload, StartsWith("\x03\xf1"));  // 1009
}

TEST_F(ViewersTest, AreSentNothingBeforeTheirHello) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  studio().publish<GameState>("too early");
  viewer.say("", Opcode::ping);
  EXPECT_EQ(viewer.receive()->opcode, Opcode::pong);
}

TEST_F(ViewersTest, AreToldTheFieldOfABadHelloAndLiveOn) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(R"({"level":"wizard"})");
  const std::string error = viewer.receive_text();
  EXPECT_THAT(error, HasSubstr(R"("type":"error")"));
  EXPECT_THAT(error, HasSubstr(R"("field":"level")"));
  viewer.say(R"({"level":"advanced","language":"ja"})");
  EXPECT_THAT(viewer.receive_text(), HasSubstr("connection_established"));
  studio().publish<GameState>("a move");
  EXPECT_EQ(viewer.receive_text(), "a move for advanced ja");
}

TEST_F(ViewersTest, MayChangeTheirMind) {
  studio().publish<GameState>("now");
  const auto one = viewer(R"({"level":"beginner"})");
  EXPECT_EQ(one->receive_until("now"), "now for beginner en");
  one->say(R"({"level":"advanced"})");
  EXPECT_EQ(one->receive_until("now"), "now for advanced en");
}

TEST_F(ViewersTest, AreSentTheChannelsAskedForOnly) {
  const auto one = viewer(R"({"channels":["metrics"]})");
  studio().publish<GameState>("a move");
  studio().publish<PpoMetrics>("an update");
  EXPECT_THAT(one->receive_text(), StartsWith("an update"));
}

TEST_F(ViewersTest, GetTheNewestFrameWhenTheyAreSlowAndLoseNoReply) {
  const auto slow = viewer("{}", 4096);
  const std::string padding(200'000, ' ');
  for (int i = 1; i <= 200; ++i) {
    studio().publish<GameState>("frame " + std::to_string(i) + padding);
  }
  studio().publish<protocol::ErrorMessage>("a reply", last_id_);
  ASSERT_TRUE(comes_true([&] { return edge_counters().conflated.value() >= 100; }));

  bool reply = false;
  bool newest = false;
  int frames = 0;
  while (!reply || !newest) {
    const std::string text = slow->receive_text();
    ASSERT_NE(text, "");
    if (text.starts_with("a reply")) reply = true;
    if (text.starts_with("frame 200 ")) newest = true;
    ++frames;
  }
  EXPECT_LT(frames, 100);
}

TEST_F(ViewersTest, AreGivenTheRunsPastOnJoiningAndNotAgain) {
  studio().publish<MetricsHistory>("past");
  const auto one = viewer();
  EXPECT_EQ(one->receive_text(), "past for intermediate en");
  studio().publish<MetricsHistory>("longer past");
  studio().publish<GameState>("a move");
  EXPECT_EQ(one->receive_text(), "a move for intermediate en");
  one->say(R"({"level":"advanced"})");
  EXPECT_THAT(one->receive_text(), HasSubstr("connection_established"));
  EXPECT_EQ(one->receive_text(), "a move for advanced en");
  EXPECT_EQ(one->receive_text(), "longer past for advanced en");
  one->say(R"({"level":"beginner"})");
  EXPECT_THAT(one->receive_text(), HasSubstr("connection_established"));
  EXPECT_EQ(one->receive_text(), "a move for beginner en");
  one->say("", Opcode::ping);
  EXPECT_EQ(one->receive()->opcode, Opcode::pong) << "they have it already";
}

TEST_F(ViewersTest, AreGivenTheRunsPastWhenTheySubscribeToItsChannel) {
  studio().publish<MetricsHistory>("past");
  const auto one = viewer(R"({"channels":["game"]})");
  one->say(R"({"channels":["metrics"]})");
  EXPECT_THAT(one->receive_text(), HasSubstr("connection_established"));
  EXPECT_EQ(one->receive_text(), "past for intermediate en");
}

TEST_F(ViewersTest, DoNotDelayOneAnother) {
  TestClient stuck(port(), 4096);
  stuck.upgrade("/ws");
  stuck.say("{}");
  const auto other = viewer();
  const std::string padding(100'000, ' ');
  for (int i = 1; i <= 50; ++i) {
    studio().publish<GameState>("frame " + std::to_string(i) + padding);
  }
  EXPECT_THAT(other->receive_until("frame 50 "), StartsWith("frame 50 "));
}

TEST_F(ViewersTest, AloneGetWhatIsForThem) {
  const auto other = viewer();
  const auto one = viewer(R"({"level":"beginner","channels":["game"]})");
  studio().publish<protocol::ErrorMessage>("for you", last_id_);
  studio().publish<GameState>("for all");
  EXPECT_EQ(one->receive_text(), "for you for beginner en");
  EXPECT_THAT(other->receive_text(), StartsWith("for all"));
}

TEST_F(ViewersTest, AreClosedForTooLongMessagesWithTheRightCode) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(std::string(5000, ' '));
  const auto close = viewer.receive();
  ASSERT_TRUE(close);
  EXPECT_EQ(close->opcode, Opcode::close);
  EXPECT_THAT(close->payload, StartsWith("\x03\xf1"));  // 1009
}

TEST_F(ViewersTest, AreToldToSlowDownAndThenDisconnected) {
  TestClient chatterer(port());
  chatterer.upgrade("/ws");
  for (int i = 0; i < 200; ++i) {
    try {
      chatterer.say("{}");
    } catch (const std::exception&) {
      break;  // disconnected already
    }
  }
  EXPECT_THAT(chatterer.receive_until("rate_limited"), HasSubstr("10 messages a second"));
  EXPECT_EQ(chatterer.receive_goodbye(), "rate_limit");
}

TEST_F(ViewersTest, AreGivenUpWhenTheyNeverSayHelloWhateverElseTheySay) {
  TestClient silent(port());
  silent.upgrade("/ws");
  clock_.pass(29s);
  silent.say("", Opcode::ping);
  EXPECT_EQ(silent.receive()->opcode, Opcode::pong);
  silent.say(R"({"level":"wizard"})");
  EXPECT_THAT(silent.receive_text(), HasSubstr("error"));
  clock_.pass(2s);
  EXPECT_EQ(silent.receive_goodbye(), "no_hello");
}

TEST_F(ViewersTest, AreCountedFromTheirHelloOn) {
  const auto one = viewer();
  {
    TestClient silent(port());
    silent.upgrade("/ws");
    EXPECT_EQ(server_->viewers(), 1);
  }
  EXPECT_TRUE(comes_true([&] { return edge_counters().strangers_left.total() == 1; }));
  EXPECT_EQ(edge_counters().joined.value(), 1u);
  EXPECT_EQ(edge_counters().left.total(), 0u);
}

TEST_F(ViewersTest, HearErrorsOfTheDocumentedLengthWhateverTheySaid) {
  const std::string long_word(2000, 'x');
  for (const std::string& said :
       {R"({"type":")" + long_word + R"(","data":{}})", R"({"level":")" + long_word + R"("})",
        R"({")" + long_word + R"(":1,"channels":[")" + long_word + R"("]})"}) {
    TestClient viewer(port());
    viewer.upgrade("/ws");
    viewer.say(said);
    const auto error = protocol::decode<protocol::ErrorMessage>(viewer.receive_text());
    EXPECT_TRUE(error) << error.error().message;
  }
}

TEST_F(ViewersTest, AreClosedWhenPingsPongsOrCrumbsNeverEnd) {
  const std::string ping = TestClient::masked(Opcode::ping, "");
  const std::string pong = TestClient::masked(Opcode::pong, "");
  const std::string crumb = TestClient::masked(Opcode::continuation, "", false);
  const std::string begun = TestClient::masked(Opcode::text, "", false);
  for (const auto& [before, flood] :
       {std::pair(std::string(), ping), {std::string(), pong}, {begun, crumb}}) {
    TestClient viewer(port());
    viewer.upgrade("/ws");
    std::string all = before;
    for (int i = 0; i < 1000; ++i) all += flood;
    viewer.write(all);
    EXPECT_EQ(viewer.receive_goodbye(), "rate_limit");
  }
}

TEST_F(ViewersTest, AreAnsweredEveryPingOfABurst) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  std::string all;
  for (int i = 0; i < 60; ++i) all += TestClient::masked(Opcode::ping, std::to_string(i));
  viewer.write(all);
  for (int i = 0; i < 60; ++i) EXPECT_EQ(viewer.receive()->payload, std::to_string(i));
}

TEST_F(ViewersTest, AreGivenUpWhenTheyAnswerNoPing) {
  const auto deaf = viewer();
  clock_.pass(46s);
  EXPECT_TRUE(comes_true([&] { return edge_counters().left[Leaving::no_pong].value() == 1; }));
  while (deaf->receive()) {
  }
}

TEST_F(ViewersTest, StayWhenTheyAnswerPings) {
  const auto alive = viewer();
  for (int i = 0; i < 3; ++i) {
    clock_.pass(16s);
    const auto ping = alive->receive();
    ASSERT_TRUE(ping);
    ASSERT_EQ(ping->opcode, Opcode::ping);
    alive->say(ping->payload, Opcode::pong);
    alive->say("", Opcode::ping);  // answered after the pong has been read
    ASSERT_EQ(alive->receive()->opcode, Opcode::pong);
  }
  EXPECT_EQ(server_->viewers(), 1);
}

TEST_F(ViewersTest, AreAnsweredTheirGoodbye) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(std::string("\x03\xe8", 2), Opcode::close);
  EXPECT_EQ(viewer.receive()->opcode, Opcode::close);
  EXPECT_FALSE(viewer.receive());
}

TEST_F(ViewersTest, AreToldWhenTheShowEndsAndWhenToComeBack) {
  std::vector<std::unique_ptr<TestClient>> viewers;
  for (int i = 0; i < 20; ++i) viewers.push_back(viewer());
  on_server([&] { server_->stop(); });
  std::set<std::string> times;
  for (const auto& one : viewers) {
    const auto close = one->receive();
    ASSERT_TRUE(close);
    ASSERT_THAT(close->payload, MatchesRegex("\x03\xf4return in [1-5]\\.[0-9]* s"));  // 1012
    times.insert(close->payload);
  }
  EXPECT_GT(times.size(), 10U) << "not all at once";
}

TEST_F(ViewersTest, ComeFromOurPageOnly) {
  EXPECT_THAT(TestClient(port()).upgrade("/ws", "Origin: https://evil.org\r\n"), HasSubstr("403"));
  EXPECT_THAT(TestClient(port()).upgrade("/ws", "Origin: http://here\r\n"), HasSubstr("101"));
}

TEST_F(ViewersTest, AreNotMoreThanTheLimit) {
  std::vector<std::unique_ptr<TestClient>> viewers;
  for (int i = 0; i < 40; ++i) {
    viewers.push_back(std::make_unique<TestClient>(port()));
    ASSERT_THAT(viewers.back()->upgrade("/ws"), HasSubstr("101"));
  }
  EXPECT_THAT(TestClient(port()).upgrade("/ws"), HasSubstr("503"));
  EXPECT_EQ(edge_counters().turned_away[NoRoom::full].value(), 1u);
}

TEST_F(ViewersTest, AreCounted) {
  const auto one = viewer();
  clock_.pass(1s);  // the studio has been told of nobody, and hears of a change once a second
  EXPECT_TRUE(studio().hears<broker::ViewersCounted>(
      [](const auto& counted) { return counted.viewers == 1; }));
}

TEST_F(ViewersTest, PassTheOperatorsWordOnWithItsToken) {
  const auto streamer = viewer();
  streamer->say(kStop);
  EXPECT_TRUE(studio().hears<broker::OperatorSaid>(
      [](const auto& said) { return said.command == protocol::Command::stop_streaming; }));
}

TEST_F(ViewersTest, AreNotObeyedWithoutTheToken) {
  const auto stranger = viewer();
  stranger->say(R"({"type":"control","data":{"token":"a token","command":"stop_streaming"}})");
  EXPECT_THAT(stranger->receive_text(), HasSubstr(R"("code":"unauthorized","field":"token")"));
  stranger->say(R"({"type":"control","data":{"token":"the token","command":"explode"}})");
  EXPECT_THAT(stranger->receive_text(), HasSubstr(R"("code":"bad_field","field":"command")"));
  stranger->say(R"({"type":"control","data":{"command":"stop_streaming"}})");
  EXPECT_THAT(stranger->receive_text(), HasSubstr(R"("code":"bad_field","field":"token")"));
  EXPECT_EQ(edge_counters().heard[Heard::passed_on].value(), 0u);
}

TEST_F(ViewersTest, AreToldWhenTheStudioDoesNotTakeTheirWord) {
  const auto streamer = viewer();
  studio_.reset();
  streamer->say(kStop);
  EXPECT_THAT(streamer->receive_text(), HasSubstr(R"("code":"unavailable")"));
}

TEST_F(ViewersTest, SeeNothingOfAReplacedStudio) {
  const auto one = viewer();
  careless_.bring(batch_of<GameState>(5, "new"));
  careless_.bring(batch_of<GameState>(4, "old"));
  EXPECT_THAT(one->receive_text(), StartsWith("new"));
  one->say("", Opcode::ping);
  EXPECT_EQ(one->receive()->opcode, Opcode::pong);
  EXPECT_EQ(edge_counters().old_studio[OldStudio::frames].value(), 1u);
}

TEST_F(ViewersTest, AreShownNothingByTheirNewStudioThatOnlyTheOldOneShowed) {
  studio().publish<PpoMetrics>("old");
  TestStudio fresh(broker_);
  fresh.publish<GameState>("new");
  TestClient late(port());
  late.upgrade("/ws");
  late.say("{}");
  EXPECT_THAT(late.receive_text(), HasSubstr("connection_established"));
  EXPECT_THAT(late.receive_text(), StartsWith("new"));
  late.say("", Opcode::ping);
  EXPECT_EQ(late.receive()->opcode, Opcode::pong);
}

// Behind a proxy everyone comes from one address, unless the proxy is trusted to say whose it is.
class ProxyTest : public EdgeTest {
 protected:
  ProxyTest()
      : EdgeTest({.proxies = http::TrustedProxies::parse({"127.0.0.1"}).value(),
                  .admission = {.max_viewers_per_address = 1}}) {}
};

TEST_F(ProxyTest, ViewersBehindATrustedProxyAreCountedByTheirOwnAddress) {
  TestClient one(port());
  EXPECT_THAT(one.upgrade("/ws", "X-Forwarded-For: 192.0.2.1\r\n"), HasSubstr("101"));
  EXPECT_THAT(TestClient(port()).upgrade("/ws", "X-Forwarded-For: 192.0.2.1\r\n"),
              HasSubstr("503"));
  TestClient other(port());
  EXPECT_THAT(other.upgrade("/ws", "X-Forwarded-For: 192.0.2.2\r\n"), HasSubstr("101"));
}

}  // namespace
}  // namespace keisei::edge::testing
