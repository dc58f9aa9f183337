#include "edge/events.h"

#include <memory>
#include <string>

#include "edge/edge_test_kit.h"

namespace keisei::edge::testing {
namespace {

using namespace std::chrono_literals;
using protocol::GameState;
using protocol::MilestoneReached;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;
using ::testing::StartsWith;

// Viewers behind what breaks WebSockets.
class EventsTest : public EdgeTest {
 protected:
  EventsTest() : EdgeTest({.admission = {.max_viewers = 3}}) {}

  // Who has asked, and been welcomed.
  std::unique_ptr<TestClient> viewer(const std::string& query = "") {
    auto viewer = std::make_unique<TestClient>(port());
    header_ = viewer->get("/events" + query);
    welcome_ = event(*viewer);
    return viewer;
  }
  // Up to the empty line that ends it; empty when nothing comes any more.
  static std::string event(TestClient& viewer) {
    std::string event;
    while (!event.ends_with("\n\n")) {
      const std::string byte = viewer.read_exactly(1);
      if (byte.empty()) return "";
      event += byte;
    }
    return event.substr(0, event.size() - 2);
  }

  std::string header_;
  std::string welcome_;
};

TEST_F(EventsTest, SayWhatWebSocketsSay) {
  studio().publish<GameState>("position 7");
  const auto one = viewer();
  EXPECT_THAT(header_,
              AllOf(StartsWith("HTTP/1.1 200 OK"), HasSubstr("text/event-stream"),
                    HasSubstr("no-store"), HasSubstr("nosniff"), Not(HasSubstr("Content-Length"))));
  EXPECT_THAT(welcome_, StartsWith(R"(data: {"type":"connection_established")"));
  EXPECT_EQ(event(*one), "data: position 7 for intermediate en");
  studio().publish<MilestoneReached>("first mate");
  EXPECT_EQ(event(*one), "data: first mate for intermediate en");
}

TEST_F(EventsTest, AreAsTheQueryWishes) {
  const auto one = viewer("?level=beginner&language=ja&channels=game,system&max_fps=5&quality=low");
  studio().publish<MilestoneReached>("not asked for");
  studio().publish<GameState>("a move");
  clock_.pass(1s);  // at most two a second
  EXPECT_EQ(event(*one), "data: a move for beginner ja");
}

TEST_F(EventsTest, CountAsViewers) {
  auto one = viewer();
  EXPECT_TRUE(comes_true([&] { return server_->viewers() == 1; }));
  one.reset();
  EXPECT_TRUE(comes_true([&] { return server_->viewers() == 0; }));
}

TEST_F(EventsTest, NameTheParameterThatIsWrong) {
  for (const auto& [query, words] :
       {std::pair("level=wizard", "level: expected one of beginner, intermediate, advanced"),
        std::pair("language=fr", "language: expected one of en, ja"),
        std::pair("channels=game,", "channels: expected one of all, metrics"),
        std::pair("channels=", "channels: expected"),
        std::pair("max_fps=0", "max_fps: expected a whole number from 1 to 60"),
        std::pair("max_fps=61", "max_fps: expected a whole number"),
        std::pair("quality=best", "quality: "),
        std::pair("token=1", "token: there is no such parameter"),
        std::pair("level=beginner&level=advanced", "level: it is given twice")}) {
    TestClient client(port());
    const std::string header = client.get("/events?" + std::string(query));
    EXPECT_THAT(header, HasSubstr("400 Bad Request")) << query;
    EXPECT_THAT(client.body_of(header), HasSubstr(words)) << query;
  }
  EXPECT_EQ(server_->viewers(), 0);
}

TEST_F(EventsTest, TakeTheRoomOfViewers) {
  const auto one = viewer();
  const auto two = viewer();
  const auto three = viewer();
  EXPECT_THAT(TestClient(port()).get("/events"), HasSubstr("503"));
}

TEST_F(EventsTest, AreForPagesThatMayConnect) {
  EXPECT_THAT(TestClient(port()).get("/events", "Origin: https://evil.org\r\n"), HasSubstr("403"));
  EXPECT_THAT(TestClient(port()).get("/events", "Origin: http://here\r\n"),
              HasSubstr("Access-Control-Allow-Origin: http://here\r\n"));
}

TEST_F(EventsTest, GoOnWithAWordNowAndThen) {
  const auto one = viewer();
  clock_.pass(16s);
  EXPECT_EQ(event(*one), ":") << "so that no proxy takes the line for dead";
  clock_.pass(10min);
  EXPECT_EQ(event(*one), ":");
  studio().publish<GameState>("still there");
  EXPECT_EQ(event(*one), "data: still there for intermediate en");
}

TEST_F(EventsTest, EndWithTheTimeToComeBack) {
  const auto one = viewer();
  on_server([&] { server_->stop(); });
  EXPECT_THAT(event(*one), MatchesRegex("retry: [1-5][0-9][0-9][0-9]"));
  EXPECT_EQ(event(*one), "");
}

TEST_F(EventsTest, EndForWhoeverSaysMore) {
  const auto one = viewer();
  one->write("GET /events HTTP/1.1\r\n");
  EXPECT_EQ(event(*one), "");
  EXPECT_TRUE(comes_true([&] { return server_->viewers() == 0; }));
}

}  // namespace
}  // namespace keisei::edge::testing
