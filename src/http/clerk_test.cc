#include "http/clerk.h"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <future>
#include <memory>
#include <string>
#include <vector>

#include "base/testing/comes_true.h"

namespace keisei::http {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Pair;

class ClerkTest : public ::testing::Test {
 protected:
  std::future<Response> ask(
      const std::string& address, Clerk::Work work = [] { return Response{}; }) {
    auto said = std::make_shared<std::promise<Response>>();
    Client client;
    client.address = boost::asio::ip::make_address(address);
    clerk_.answer(client, std::move(work),
                  [said](Response response) { said->set_value(std::move(response)); });
    return said->get_future();
  }
  /// From here the clerk's thread is busy, until release().
  void keep_busy() {
    auto begins = std::make_shared<std::promise<void>>();
    auto begun = begins->get_future();
    busy_ = ask("203.0.113.9", [this, begins] {
      begins->set_value();
      may_go_on_.get_future().wait();
      return Response{};
    });
    begun.wait();
  }
  void release() {
    may_go_on_.set_value();
    EXPECT_EQ(busy_.get().status, Status::ok);
  }

  std::promise<void> may_go_on_;
  std::future<Response> busy_;
  Clerk clerk_;
};

TEST_F(ClerkTest, AnswersOneAfterTheOther) {
  clerk_.open();
  std::vector<int> order;
  std::vector<std::future<Response>> answers;
  answers.reserve(5);
  for (int i = 0; i < 5; ++i) {
    answers.push_back(ask("127.0.0.1", [&order, i] {
      order.push_back(i);
      return Response{};
    }));
  }
  for (auto& answer : answers) EXPECT_EQ(answer.get().status, Status::ok);
  EXPECT_EQ(order, (std::vector<int>{0, 1, 2, 3, 4}));
}

TEST_F(ClerkTest, RefusesWhoeverAsksWhileItIsNotOpen) {
  for (const bool was_open : {false, true}) {
    if (was_open) {
      clerk_.open();
      clerk_.close();
    }
    const Response refusal = ask("127.0.0.1").get();
    EXPECT_EQ(refusal.status, Status::unavailable);
    EXPECT_THAT(refusal.fields, Contains(Pair("Retry-After", "1")));
    EXPECT_THAT(*refusal.body, HasSubstr("begins or ends"));
  }
}

TEST_F(ClerkTest, RefusesQuestionsBeyondThoseThatMayWait) {
  clerk_.open();
  keep_busy();
  std::vector<std::future<Response>> waiting;
  for (std::size_t i = 0; i < Clerk::kMostWaiting; ++i) {
    waiting.push_back(ask("192.0.2." + std::to_string(i)));
  }
  const Response refusal = ask("198.51.100.1").get();
  EXPECT_EQ(refusal.status, Status::unavailable);
  EXPECT_THAT(refusal.fields, Contains(Pair("Retry-After", "1")));
  EXPECT_THAT(*refusal.body, HasSubstr(R"("code":"rate_limited")"));
  release();
  for (auto& answer : waiting) EXPECT_EQ(answer.get().status, Status::ok);
}

TEST_F(ClerkTest, LetsNoAddressTakeEveryPlace) {
  clerk_.open();
  keep_busy();
  std::vector<std::future<Response>> waiting;
  // Whoever has one address of an IPv6 network has them all.
  for (std::size_t i = 0; i < Clerk::kMostOfOne; ++i) {
    waiting.push_back(ask("2001:db8::" + std::to_string(i + 1)));
  }
  const Response refusal = ask("2001:db8::ffff").get();
  EXPECT_EQ(refusal.status, Status::too_many_requests);
  EXPECT_THAT(refusal.fields, Contains(Pair("Retry-After", "1")));
  EXPECT_THAT(*refusal.body, HasSubstr(R"("code":"rate_limited")"));
  waiting.push_back(ask("2001:db8:0:1::1"));
  for (std::size_t i = 0; i <= Clerk::kMostOfOne; ++i) waiting.push_back(ask("127.0.0.1"));
  release();
  for (auto& answer : waiting) EXPECT_EQ(answer.get().status, Status::ok);
}

TEST_F(ClerkTest, TakesWhatOthersLeaveOfTheProcessor) {
  clerk_.open();
  int nice = 0;
  ask("127.0.0.1", [&nice] {
    nice = ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()));
    return Response{};
  }).get();
  EXPECT_EQ(nice, 19);
}

TEST_F(ClerkTest, AnswersWhatWaitsWhenItCloses) {
  clerk_.open();
  keep_busy();
  auto waiting = ask("127.0.0.1");
  auto closing = std::async(std::launch::async, [&] { clerk_.close(); });
  EXPECT_TRUE(comes_true([&] {
    auto answer = ask("192.0.2.1");
    if (answer.wait_for(std::chrono::seconds(0)) != std::future_status::ready) return false;
    return answer.get().body->find("begins or ends") != std::string::npos;
  }));
  release();
  closing.get();
  EXPECT_EQ(waiting.get().status, Status::unavailable);
}

}  // namespace
}  // namespace keisei::http
