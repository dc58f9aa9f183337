#include <fmt/format.h>

#include <string>

#include "edge/edge_test_kit.h"

namespace keisei::edge::testing {
namespace {

using protocol::GameState;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kUpgrade =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

// Who calls the show by a name that a page elsewhere has lent it, or comes from such a page.
class StrangersTest : public EdgeTest {
 protected:
  StrangersTest() : EdgeTest({.allowed_hosts = {"show.example.org"}}) {}

  std::string answer(const std::string& target, const std::string& host,
                     const std::string& more_headers = "") {
    TestClient client(port());
    client.write("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more_headers + "\r\n");
    const std::string header = client.read_header();
    return header + (header.starts_with("HTTP/1.1 4") ? client.body_of(header) : "");
  }
};

TEST_F(StrangersTest, AreRefusedByTheNameThatTheyCall) {
  for (const char* target : {"/", "/assets/app.js", "/api/v1/game", "/healthz", "/nothing"}) {
    EXPECT_THAT(answer(target, "evil.example:8080"),
                AllOf(HasSubstr("421 Misdirected Request"), HasSubstr("application/problem+json"),
                      HasSubstr(R"("field":"Host")"), HasSubstr("--allow-host")))
        << target;
  }
}

TEST_F(StrangersTest, GetNoUpgradeByThatName) {
  EXPECT_THAT(answer("/ws", "evil.example", kUpgrade), HasSubstr("421"));
  EXPECT_THAT(answer("/events", "evil.example"), HasSubstr("421"));
  EXPECT_THAT(answer("/ingest", "evil.example", kUpgrade), HasSubstr("421"));
  // The page of that name thinks itself at home.
  EXPECT_THAT(
      answer("/ws", "evil.example", std::string(kUpgrade) + "Origin: http://evil.example\r\n"),
      HasSubstr("421"));
}

TEST_F(StrangersTest, AreNoneByANameOfTheShow) {
  for (const char* host : {"show.example.org", "localhost:8080", "127.0.0.1", "192.168.1.5"}) {
    EXPECT_THAT(answer("/", host), HasSubstr("200 OK")) << host;
  }
  EXPECT_THAT(answer("/ws", "show.example.org", kUpgrade), HasSubstr("101"));
}

TEST_F(StrangersTest, AreNoneWithTheOperatorToken) {
  EXPECT_THAT(answer("/ingest", "showcase.internal",
                     std::string(kUpgrade) + "Authorization: Bearer the token\r\n"),
              HasSubstr("101"));
  EXPECT_THAT(answer("/", "showcase.internal", "Authorization: Bearer another\r\n"),
              HasSubstr("421"));
}

TEST_F(StrangersTest, AreToldOfWithTheNameThatTheyCall) {
  answer("/", "evil.example");
  EXPECT_TRUE(comes_true([&] {
    for (const Notices::State& state : notices_.read()) {
      if (state.topic == "foreign_hosts") return state.happenings == 1;
    }
    return false;
  }));
}

TEST_F(StrangersTest, AreRefusedByThePageThatTheyComeFrom) {
  for (const char* target : {"/", "/api/v1/game", "/healthz"}) {
    EXPECT_THAT(answer(target, "localhost", "Origin: https://evil.example\r\n"),
                AllOf(HasSubstr("403"), HasSubstr(R"("field":"Origin")")))
        << target;
  }
  EXPECT_THAT(answer("/", "show.example.org", "Origin: http://show.example.org\r\n"),
              HasSubstr("200 OK"));
  EXPECT_EQ(edge_counters().turned_away[NoRoom::foreign_origin].value(), 3u);
}

// Who asks too often: of a proxy's clients, since this machine itself is exempt.
class QuestionsTest : public EdgeTest {
 protected:
  QuestionsTest()
      : EdgeTest({.questions = {.per_second = 1, .burst = 2},
                  .proxies = http::TrustedProxies::parse({"127.0.0.1"}).value()}) {}

  std::string answer(const std::string& target, const std::string& address) {
    return TestClient(port()).get(target, "X-Forwarded-For: " + address + "\r\n");
  }
};

TEST_F(QuestionsTest, AreLimitedForEachAddress) {
  EXPECT_THAT(answer("/api/v1/game", "10.0.0.1"), HasSubstr("404"));
  EXPECT_THAT(answer("/api/openapi.json", "10.0.0.1"), HasSubstr("200 OK"));
  EXPECT_THAT(answer("/api/v1/game", "10.0.0.1"),
              AllOf(HasSubstr("429 Too Many Requests"), HasSubstr("Retry-After: 1")));
  EXPECT_THAT(answer("/api/v1/game", "10.0.0.2"), HasSubstr("404"));
  EXPECT_THAT(answer("/", "10.0.0.1"), HasSubstr("200 OK")) << "the page is no question";
}

using ReadinessTest = EdgeTest;

TEST_F(ReadinessTest, IsWhenAStudioHasBeenHeard) {
  EXPECT_THAT(TestClient(port()).get("/readyz"), AllOf(HasSubstr("503"), HasSubstr("Retry-After")));
  studio().publish<GameState>("position");
  EXPECT_TRUE(
      comes_true([&] { return TestClient(port()).get("/readyz").starts_with("HTTP/1.1 200"); }));
}

TEST_F(ReadinessTest, IsNoMoreWhenTheShowEnds) {
  studio().publish<GameState>("position");
  TestClient client(port());
  client.body_of(client.get("/healthz"));
  on_server([this] { server_->stop(); });
  EXPECT_THAT(client.get("/readyz"), HasSubstr("503"));
}

using ApiDocumentsTest = EdgeTest;

TEST_F(ApiDocumentsTest, AreServedOnce) {
  for (const auto& [target, words] : {std::pair("/api/openapi.json", R"("openapi": "3.1.0")"),
                                      std::pair("/api/asyncapi.json", R"("asyncapi": "3.0.0")")}) {
    TestClient client(port());
    const std::string header = client.get(target);
    EXPECT_THAT(header, AllOf(HasSubstr("200 OK"), HasSubstr("application/json")));
    EXPECT_THAT(client.body_of(header), HasSubstr(words));
    const auto start = header.find("ETag: ") + 6;
    const std::string etag = header.substr(start, header.find("\r\n", start) - start);
    EXPECT_THAT(TestClient(port()).get(target, "If-None-Match: " + etag + "\r\n"),
                HasSubstr("304"));
  }
}

}  // namespace
}  // namespace keisei::edge::testing
