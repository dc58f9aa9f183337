#include "edge/public_api.h"

#include "edge/edge_test_kit.h"
#include "protocol/codec.h"

namespace keisei::edge::testing {
namespace {

using ::testing::HasSubstr;

// What anyone may read of the show.
class PublicApiTest : public EdgeTest {
 protected:
  // A game's number tells messages apart.
  void show_game(std::int64_t number) {
    broker::Frame frame{protocol::message_index<protocol::GameState>(), {}, ""};
    for (const auto level : enumerators<protocol::Level>()) {
      for (const auto language : enumerators<protocol::Language>()) {
        protocol::GameState state{};
        state.game_number = number;
        state.game_id = std::string(to_string(level)) + "-" + std::string(to_string(language));
        frame.variants[protocol::variant_index(level, language)] =
            std::make_shared<const std::string>(protocol::encode(state, 1, 1));
      }
    }
    broker_.publish({studio().epoch(), {std::make_shared<const broker::Frame>(std::move(frame))}});
    on_server([] {});
  }
  std::string body(const std::string& target) {
    TestClient client(port());
    return client.body_of(client.get(target));
  }
};

TEST_F(PublicApiTest, IsAProblemBeforeThereIsAnything) {
  TestClient client(port());
  const std::string header = client.get("/api/v1/history");
  EXPECT_THAT(header, HasSubstr("404 Not Found"));
  EXPECT_THAT(header, HasSubstr("application/problem+json"));
  EXPECT_THAT(client.body_of(header), HasSubstr("there is none yet"));
}

TEST_F(PublicApiTest, GivesTheDataOfTheNewestMessage) {
  show_game(1);
  show_game(2);
  const std::string game = body("/api/v1/game");
  EXPECT_THAT(game, ::testing::StartsWith(R"({"game_id":"intermediate-en","game_number":2,)"));
  EXPECT_THAT(game, ::testing::EndsWith("}\n"));
}

TEST_F(PublicApiTest, GivesTheVariantThatIsAskedFor) {
  show_game(1);
  EXPECT_THAT(body("/api/v1/game?level=beginner&language=ja"), HasSubstr("beginner-ja"));
  EXPECT_THAT(body("/api/v1/game?language=ja"), HasSubstr("intermediate-ja"));
}

TEST_F(PublicApiTest, RefusesAParameterThatThereIsNot) {
  show_game(1);
  EXPECT_THAT(body("/api/v1/game?levle=beginner"), HasSubstr("levle: there is no such parameter"));
}

TEST_F(PublicApiTest, NamesTheFieldOfABadQuestion) {
  show_game(1);
  TestClient client(port());
  const std::string header = client.get("/api/v1/game?level=wizard");
  EXPECT_THAT(header, HasSubstr("400 Bad Request"));
  EXPECT_THAT(client.body_of(header), HasSubstr(R"("field":"level")"));
}

TEST_F(PublicApiTest, SendsNothingAgainToThoseWhoHaveIt) {
  show_game(1);
  const auto etag = [&] {
    const std::string header = TestClient(port()).get("/api/v1/game");
    const auto begin = header.find("ETag: ") + 6;
    return header.substr(begin, header.find("\r\n", begin) - begin);
  };
  const std::string first = etag();
  EXPECT_THAT(TestClient(port()).get("/api/v1/game", "If-None-Match: " + first + "\r\n"),
              HasSubstr("304"));
  show_game(2);
  EXPECT_THAT(TestClient(port()).get("/api/v1/game", "If-None-Match: " + first + "\r\n"),
              HasSubstr("200"));
  EXPECT_NE(etag(), first);
}

TEST_F(PublicApiTest, GivesAViewersHistoryToo) {
  studio().publish<protocol::MetricsHistory>(R"({"type":"metrics_history","data":{"past":1}})");
  on_server([] {});
  EXPECT_THAT(body("/api/v1/history"), HasSubstr(R"({"past":1})"));
}

TEST_F(PublicApiTest, ShowsNothingOfAReplacedStudio) {
  show_game(1);
  TestStudio fresh(broker_);
  fresh.publish<protocol::PpoMetrics>("new");
  on_server([] {});
  EXPECT_THAT(TestClient(port()).get("/api/v1/game"), HasSubstr("404"));
}

}  // namespace
}  // namespace keisei::edge::testing
