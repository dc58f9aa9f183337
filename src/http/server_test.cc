#include "http/server.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <boost/asio/post.hpp>
#include <chrono>
#include <future>
#include <list>
#include <optional>
#include <thread>
#include <vector>

#include "base/testing/manual_clock.h"
#include "http/request_reader.h"
#include "http/test_client.h"
#include "http/websocket_upgrade.h"

namespace keisei::http {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using testing::TestClient;

constexpr const char* kUpgrade =
    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

// A whole server on a free port, with its thread.
class HttpServerTest : public ::testing::Test {
 protected:
  HttpServerTest() {
    Router router;
    router.get("/client", [](const Request& request, const Reply& reply) {
      reply(text_response("text/plain", request.client.address.to_string()));
    });
    router.post("/echo", 16, [](const Request& request, const Reply& reply) {
      reply(text_response("text/plain", request.body));
    });
    router.get("/counted", [this](const Request&, const Reply& reply) {
      reply(text_response("text/plain", ""));
      answered_within_the_call_ = responses()[Status::ok].value();
    });
    router.get("/later", [this](const Request&, Reply reply) { later_.set_value(reply); });
    router.upgrade("/ws", [this](const Request& request) -> tl::expected<TakeOver, Response> {
      auto accepted = accept_upgrade(request);
      if (!accepted) return tl::unexpected<Response>(accepted.error());
      return [this, handshake = *accepted](Accepted connection, std::string_view early) {
        unsigned limit = 0;
        socklen_t size = sizeof limit;
        ::getsockopt(connection.socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit,
                     &size);
        unacknowledged_limit_ms_ = limit;
        boost::asio::write(connection.socket, boost::asio::buffer(handshake + std::string(early)));
      };
    });
    Site site{std::move(router), TrustedProxies::parse({"127.0.0.0/8"}).value(),
              HttpCounters(counters_, "keisei_test_http"),
              PortTopics(notices_, "test_port", "the test's port"), clock_};
    server_.emplace(context_, ListenOptions{}, std::move(site));
    EXPECT_TRUE(server_->listen());
    thread_ = std::thread([this] { context_.run(); });
  }
  ~HttpServerTest() override {
    context_.stop();
    thread_.join();
  }

  std::uint16_t port() const { return server_->port(); }
  CounterFamily<Status> responses() {
    return counters_.family<Status>("keisei_test_http_responses_total", "Requests answered.",
                                    "status");
  }
  CounterFamily<Dropped> dropped() {
    return counters_.family<Dropped>("keisei_test_http_dropped_total",
                                     "Connections that ended within a request, unanswered.");
  }

  ManualClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  std::promise<Reply> later_;
  std::uint64_t answered_within_the_call_ = 0;
  std::atomic<unsigned> unacknowledged_limit_ms_ = 0;
  boost::asio::io_context context_{1};
  std::optional<Server> server_;
  std::thread thread_;
};

TEST_F(HttpServerTest, AnswersRequestsOneAfterTheOther) {
  TestClient client(port());
  client.write(
      "POST /echo HTTP/1.1\r\nHost: here\r\nContent-Length: 3\r\n\r\nonePOST /echo "
      "HTTP/1.1\r\nHost: here\r\n"
      "Content-Length: 3\r\n\r\ntwo");
  EXPECT_EQ(client.body_of(client.read_header()), "one");
  EXPECT_EQ(client.body_of(client.read_header()), "two");
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

TEST_F(HttpServerTest, CountsItsAnswersByStatus) {
  TestClient(port()).get("/client");
  TestClient(port()).get("/nowhere");
  EXPECT_EQ(responses()[Status::ok].value(), 1u);
  EXPECT_EQ(responses()[Status::not_found].value(), 1u);
}

TEST_F(HttpServerTest, CountsARequestThatItRefusesOnce) {
  TestClient client(port());
  client.write("nonsense\r\n\r\n");
  client.body_of(client.read_header());
  EXPECT_TRUE(client.is_closed());
  EXPECT_EQ(responses()[Status::bad_request].value(), 1u);
  EXPECT_EQ(dropped().total(), 0u);
}

TEST_F(HttpServerTest, CountsAClientThatLeavesWithinItsRequest) {
  {
    TestClient client(port());
    client.write("GET /client HT");
  }
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  while (dropped().total() == 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  EXPECT_EQ(dropped()[Dropped::closed_by_client].value(), 1u);
  EXPECT_EQ(responses().total(), 0u);
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

// Leaves this process so many descriptors for as long as it lives.
class FewDescriptors {
 public:
  explicit FewDescriptors(int free) {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    rlimit few = before_;
    for (few.rlim_cur = 0; free > 0; ++few.rlim_cur) {
      if (::fcntl(static_cast<int>(few.rlim_cur), F_GETFD) < 0) --free;
    }
    ::setrlimit(RLIMIT_NOFILE, &few);
  }
  ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

// One descriptor, where a TestClient has several.
int connected_socket(std::uint16_t port) {
  const int client = ::socket(AF_INET, SOCK_STREAM, 0);
  const timeval patience{5, 0};
  ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return client;
}

TEST_F(HttpServerTest, SaysOnceThatItIsOutOfDescriptorsAndEndsAnIdleConnection) {
  std::vector<int> clients;
  std::array<char, 64> answer{};
  {
    const FewDescriptors few(7);
    for (int i = 0; i < 4; ++i) clients.push_back(connected_socket(port()));  // and 3 accepted
    constexpr std::string_view kRequest = "GET /client HTTP/1.1\r\nHost: here\r\n\r\n";
    EXPECT_GT(::send(clients.back(), kRequest.data(), kRequest.size(), MSG_NOSIGNAL), 0);
    EXPECT_GT(::recv(clients.back(), answer.data(), answer.size() - 1, 0), 0);
  }
  EXPECT_THAT(answer.data(), StartsWith("HTTP/1.1 200"));
  const auto accepting = [&] { return notices_.read().front(); };
  EXPECT_TRUE(accepting().failing);
  EXPECT_EQ(accepting().failures, 1u);
  EXPECT_EQ(accepting().reason, "Too many open files");
  clock_.pass(std::chrono::seconds(11));
  TestClient(port()).get("/client");
  EXPECT_FALSE(accepting().failing);
  for (const int client : clients) ::close(client);
}

// A server with two places, where whoever upgrades stays.
class SmallServerTest : public ::testing::Test {
 protected:
  SmallServerTest() {
    Router router;
    router.get("/", [](const Request&, const Reply& reply) { reply(text_response("", "")); });
    router.get("/never", [](const Request&, const Reply&) {});
    router.upgrade("/stay", [this](const Request&) -> tl::expected<TakeOver, Response> {
      return [this](Accepted connection, std::string_view) {
        boost::asio::write(connection.socket, boost::asio::buffer("HTTP/1.1 101 -\r\n\r\n"s));
        staying_.push_back(std::move(connection));
      };
    });
    ListenOptions options;
    options.room = {.places = 2};
    server_.emplace(context_, options,
                    Site{std::move(router),
                         {},
                         HttpCounters(counters_, "keisei_test_http"),
                         PortTopics(notices_, "test_port", "the test's port"),
                         clock_});
    EXPECT_TRUE(server_->listen());
    thread_ = std::thread([this] { context_.run(); });
  }
  ~SmallServerTest() override {
    context_.stop();
    thread_.join();
  }

  SystemClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  boost::asio::io_context context_{1};
  std::vector<Accepted> staying_;
  std::optional<Server> server_;
  std::thread thread_;
};

TEST_F(SmallServerTest, AnswersANewcomerHoweverManyAreIdle) {
  std::list<TestClient> idle;
  for (int i = 0; i < 20; ++i) idle.emplace_back(server_->port());
  EXPECT_THAT(TestClient(server_->port()).get("/"), StartsWith("HTTP/1.1 200"));
  EXPECT_TRUE(idle.front().is_closed());
}

TEST_F(SmallServerTest, AnswersANewcomerHoweverManyWaitForAnswers) {
  std::list<TestClient> waiting;
  for (int i = 0; i < 20; ++i) {
    waiting.emplace_back(server_->port()).write("GET /never HTTP/1.1\r\nHost: here\r\n\r\n");
  }
  EXPECT_THAT(TestClient(server_->port()).get("/"), StartsWith("HTTP/1.1 200"));
}

TEST_F(SmallServerTest, SaysWhyItTurnsANewcomerAwayWhenAllOthersStay) {
  TestClient one(server_->port());
  EXPECT_THAT(one.get("/stay"), HasSubstr("101"));
  TestClient other(server_->port());
  EXPECT_THAT(other.get("/stay"), HasSubstr("101"));
  TestClient late(server_->port());
  const std::string header = late.read_header();
  EXPECT_THAT(header, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(header, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(late.body_of(header), HasSubstr("\"code\":\"unavailable\""));
  EXPECT_TRUE(late.is_closed());
  EXPECT_EQ(HttpCounters(counters_, "keisei_test_http").turned_away[NoPlace::full].value(), 1u);
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
}  // namespace keisei::http
