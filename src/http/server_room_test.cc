#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/server_test_kit.h"

namespace keisei::http::testing {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

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

TEST_F(HttpServerTest, SaysOnceThatItIsOutOfDescriptorsAndEndsAnIdleConnection) {
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "UBSan looks at an object through a pipe, and here are no descriptors for one";
#endif
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

}  // namespace
}  // namespace keisei::http::testing
