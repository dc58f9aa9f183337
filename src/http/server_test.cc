#include "http/server.h"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>
#include <chrono>
#include <string>
#include <thread>
#include <utility>

#include "http/request_reader.h"
#include "http/server_test_kit.h"

namespace keisei::http::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr const char* kUpgrade =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

TEST_F(HttpServerTest, AnswersRequestsOneAfterTheOther) {
  TestClient client(port());
  client.write(
      "POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\nonePOST /echo "
      "HTTP/1.1\r\nHost: here\r\n"
      "Content-Length: 3\r\n\r\ntwo");
  EXPECT_EQ(client.body_of(client.read_header()), "one");
  EXPECT_EQ(client.body_of(client.read_header()), "two");
}

TEST_F(HttpServerTest, ServesAConnectionThatWasAcceptedElsewhere) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends.data()), 0);
  boost::asio::post(context_, [this, end = ends[1]] {
    boost::asio::ip::tcp::socket socket(context_);
    socket.assign(boost::asio::ip::tcp::v4(), end);
    server_->admit(std::move(socket));
  });
  const std::string request = "GET /client HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n";
  ASSERT_EQ(::send(ends[0], request.data(), request.size(), 0),
            static_cast<ssize_t>(request.size()));
  std::array<char, 64> answer{};
  EXPECT_GT(::recv(ends[0], answer.data(), answer.size() - 1, 0), 0);
  EXPECT_THAT(answer.data(), StartsWith("HTTP/1.1 200"));
  ::close(ends[0]);
}

TEST_F(HttpServerTest, SaysNoMoreThanTheHeaderToHead) {
  TestClient client(port());
  client.write("HEAD /client HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
  const std::string header = client.read_header();
  EXPECT_THAT(header, HasSubstr("Content-Length: 9"));
  EXPECT_THAT(header, HasSubstr("Connection: close"));
  EXPECT_TRUE(client.is_closed());
}

TEST_F(HttpServerTest, AnswersWhenTheHandlerIsReadyFromAnyThread) {
  TestClient client(port());
  client.write("GET /later HTTP/1.1\r\nHost: here\r\n\r\n");
  const Reply reply = later_.get_future().get();
  reply(text_response("text/plain", "at last"));
  EXPECT_EQ(client.body_of(client.read_header()), "at last");
}

TEST_F(HttpServerTest, BidsThoseWhoAskToSendTheirBody) {
  TestClient client(port());
  const std::string request =
      "POST /echo HTTP/1.1\r\nHost: here\r\nExpect: 100-continue\r\nContent-Length: ";
  client.write(request + "3\r\n\r\n");
  EXPECT_THAT(client.read_header(), StartsWith("HTTP/1.1 100 Continue"));
  client.write("one");
  EXPECT_EQ(client.body_of(client.read_header()), "one");
  client.write(request + "17\r\n\r\n");
  EXPECT_THAT(client.read_header(), StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, RefusesABodyThatTheRouteDoesNotWant) {
  EXPECT_THAT(TestClient(port()).post("/echo", std::string(17, ' ')), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(TestClient(port()).get("/client", "Content-Length: 1\r\n"),
              StartsWith("HTTP/1.1 413"));
}

TEST_F(HttpServerTest, RefusesWhatIsNoHttp) {
  TestClient client(port());
  client.write("nonsense\r\n\r\n");
  const std::string header = client.read_header();
  EXPECT_THAT(header, StartsWith("HTTP/1.1 400"));
  client.body_of(header);
  EXPECT_TRUE(client.is_closed());
}

TEST_F(HttpServerTest, KnowsWhoIsBehindItsProxies) {
  TestClient client(port());
  EXPECT_EQ(client.body_of(client.get("/client", "X-Forwarded-For: 192.0.2.7\r\n")), "192.0.2.7");
}

TEST_F(HttpServerTest, HandsAConnectionOverWithTheBytesThatCameEarly) {
  TestClient client(port());
  client.write(
      "GET /ws HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\nearly");
  EXPECT_THAT(client.read_header(), HasSubstr("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  EXPECT_EQ(client.read_exactly(5), "early");
}

TEST_F(HttpServerTest, SaysThatAPathSpeaksWebSocketOnly) {
  EXPECT_THAT(TestClient(port()).get("/ws"), StartsWith("HTTP/1.1 426"));
}

TEST_F(HttpServerTest, SendsItsSecurityHeadersAlways) {
  for (const char* path : {"/client", "/nowhere"}) {
    const std::string header = TestClient(port()).get(path);
    EXPECT_THAT(header, HasSubstr("X-Content-Type-Options: nosniff")) << path;
    EXPECT_THAT(header, HasSubstr("Content-Security-Policy: default-src 'self'")) << path;
  }
}

TEST_F(HttpServerTest, SaysWhenItAnswers) {
  EXPECT_THAT(TestClient(port()).get("/client"), HasSubstr("Date: Fri, 04 Oct 2024 00:00:00 GMT"));
}

// A handler may reply under a lock that the sending must not take with it.
TEST_F(HttpServerTest, AnswersNothingWithinTheHandlersCall) {
  EXPECT_THAT(TestClient(port()).get("/counted"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(answered_within_the_call_, 0u);
}

TEST_F(HttpServerTest, LetsAClientFinishWhatIsRefusedSoThatItHearsWhy) {
  const std::string part(100'000, ' ');
  TestClient client(port());
  client.write("POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 500000\r\n\r\n" + part);
  const std::string header = client.read_header();
  EXPECT_THAT(header, StartsWith("HTTP/1.1 413"));
  for (int i = 0; i < 4; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_NO_THROW(client.write(part)) << "the connection has been reset";
  }
  EXPECT_THAT(client.body_of(header), HasSubstr("the body is over 16 bytes"));
  EXPECT_TRUE(client.is_closed());
}

TEST_F(HttpServerTest, TakesNothingThatFollowsADoubtfulBodyForARequest) {
  for (const char* path : {"/client", "/nowhere"}) {
    TestClient client(port());
    client.write(std::string("GET ") + path +
                 " HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: gzip\r\n\r\nGET /client "
                 "HTTP/1.1\r\nHost: here\r\n\r\n");
    const std::string header = client.read_header();
    EXPECT_THAT(header, HasSubstr("Connection: close")) << path;
    client.body_of(header);
    EXPECT_TRUE(client.is_closed()) << path;
  }
}

TEST_F(HttpServerTest, SaysWhyForProgramsWhateverItRefuses) {
  const std::string long_field = "X-Long: " + std::string(RequestReader::kMaxHeader, 'x') + "\r\n";
  const std::string upgrade =
      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";
  const struct {
    std::string request, status, code;
  } refusals[] = {
      {"nonsense\r\n\r\n", "400", "failed"},
      {"GET /ws HTTP/1.1\r\nHost: here\r\n" + upgrade + "\r\n", "400", "bad_field"},
      {"GET /nowhere HTTP/1.1\r\nHost: here\r\n\r\n", "404", "failed"},
      {"POST /client HTTP/1.1\r\nHost: here\r\n\r\n", "405", "failed"},
      {"POST /echo HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n", "411", "failed"},
      {"POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 17\r\n\r\n", "413", "too_large"},
      {"GET /ws HTTP/1.1\r\nHost: here\r\n\r\n", "426", "failed"},
      {"GET /client HTTP/1.1\r\nHost: here\r\n" + long_field + "\r\n", "431", "too_large"},
  };
  for (const auto& [request, status, code] : refusals) {
    TestClient client(port());
    client.write(request);
    const std::string header = client.read_header();
    EXPECT_THAT(header, StartsWith("HTTP/1.1 " + status)) << request;
    EXPECT_THAT(client.body_of(header), HasSubstr("\"code\":\"" + code + "\"")) << request;
  }
}

// Whoever vanishes is noticed within the limit, not when TCP gives up.
TEST_F(HttpServerTest, WaitsNotForeverForAcknowledgements) {
  EXPECT_THAT(TestClient(port()).get("/ws", kUpgrade), HasSubstr("101"));
  EXPECT_EQ(unacknowledged_limit_ms_, 45'000u);
}

TEST(HttpServerStart, SaysWhatToDoWhenThePortIsTaken) {
  boost::asio::io_context context(1);
  const SystemClock clock;
  Counters counters;
  Notices notices(clock, [](const Notices::Notice&) {});
  const auto site = [&] {
    return Site{{},
                {},
                HttpCounters(counters, "keisei_test_http"),
                PortTopics(notices, "test_port", "the test's port"),
                clock};
  };
  Server first(context, {}, site());
  ASSERT_TRUE(first.listen());
  ListenOptions same;
  same.port = first.port();
  same.port_flag = "--control-port";
  const auto taken = Server(context, same, site()).listen();
  ASSERT_FALSE(taken);
  EXPECT_THAT(taken.error().message, HasSubstr("--control-port"));
}

}  // namespace
}  // namespace keisei::http::testing
