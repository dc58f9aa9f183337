#include <boost/asio/post.hpp>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "edge/edge_test_kit.h"

namespace keisei::edge::testing {
namespace {

// More viewers than a slice of the fan-out serves.
class FanOutTest : public EdgeTest {
 protected:
  FanOutTest() : EdgeTest({.admission = {.max_viewers = 400, .max_viewers_per_address = 400}}) {}

  void join(int count) {
    for (int i = 0; i < count; ++i) {
      auto viewer = std::make_unique<TestClient>(port());
      viewer->upgrade("/ws");
      viewer->say("{}");
      viewer->receive_until("connection_established");
      viewers_.push_back(std::move(viewer));
    }
  }
  std::vector<std::unique_ptr<TestClient>> viewers_;
};

TEST_F(FanOutTest, ComesToEveryoneInOrderThoughOthersJoinAndLeaveMeanwhile) {
  constexpr int kNews = 60;
  join(210);
  const auto text = [](int i) { return "news " + std::to_string(i) + " for intermediate en"; };
  std::vector<std::unique_ptr<TestClient>> joining;
  for (int i = 0; i < kNews; ++i) {
    studio().publish<protocol::MilestoneReached>("news " + std::to_string(i));
    if (i % 6 == 0) viewers_.erase(viewers_.begin() + i);
    if (i % 6 == 3) {
      auto viewer = std::make_unique<TestClient>(port());
      viewer->upgrade("/ws");
      viewer->say("{}");
      joining.push_back(std::move(viewer));
    }
  }
  for (const auto& viewer : viewers_) {
    for (int i = 0; i < kNews; ++i) ASSERT_EQ(viewer->receive_text(), text(i));
  }
  studio().publish<protocol::MilestoneReached>("the last");
  for (const auto& viewer : joining) {
    EXPECT_EQ(viewer->receive_until("the last"), "the last for intermediate en");
  }
  EXPECT_EQ(viewers_.size(), 200U);
}

// The server's thread looks at what has come to whom between two slices of the fan-out.
TEST_F(FanOutTest, TakesWhatMustNotBeLostRoundAheadOfTheRest) {
  join(210);
  const broker::Epoch epoch = studio().epoch();
  broker::FrameBatch batch = batch_of<protocol::GameState>(epoch, std::string(500, 'x'));
  batch.frames.push_back(batch_of<protocol::MilestoneReached>(epoch, "news").frames[0]);
  int looks = 0;
  int looks_between = 0;
  std::promise<bool> came;
  const std::function<void()> look = [&] {
    std::size_t told = 0;
    std::size_t shown = 0;
    for (const auto& viewer : viewers_) {
      told += viewer->waiting() > 0 ? 1 : 0;
      shown += viewer->waiting() > 500 ? 1 : 0;
    }
    if (shown > 0) {
      EXPECT_EQ(told, viewers_.size()) << "after " << shown << " got the rest";
    } else if (told > 0) {
      ++looks_between;
    }
    if (shown == viewers_.size() || ++looks == 10'000) return came.set_value(shown > 0);
    boost::asio::post(context_, look);
  };
  boost::asio::post(context_, [&] {
    careless_.bring(batch);
    look();
  });
  EXPECT_TRUE(came.get_future().get());
  EXPECT_GT(looks_between, 0);
}

// Some read at once, some only at the end, and some wait for their pace: no message is cut, none
// comes again after a newer one of its kind, and everybody ends with the newest.
TEST_F(FanOutTest, GivesWholeMessagesToWhoeverReadsWhenever) {
  constexpr int kNews = 200;
  constexpr int kSmallBuffer = 4096;
  join(70);
  std::vector<std::unique_ptr<TestClient>> late;
  for (int i = 0; i < 20; ++i) {
    auto viewer = std::make_unique<TestClient>(port(), kSmallBuffer);
    viewer->upgrade("/ws");
    viewer->say(i % 2 == 0 ? "{}" : R"({"max_fps":20})");
    viewer->receive_until("connection_established");
    late.push_back(std::move(viewer));
  }
  const auto text = [](char kind, int i) {
    return std::string(1, kind) + " " + std::to_string(i) + " " + std::string(3000, '.');
  };
  for (int i = 1; i <= kNews; ++i) {
    studio().publish<protocol::GameState>(text('g', i));
    studio().publish<protocol::MovePredictions>(text('p', i));
  }
  const auto reads_in_order_to_the_newest = [&](TestClient& viewer) {
    std::map<char, int> newest;
    while (newest['g'] < kNews || newest['p'] < kNews) {
      const std::string payload = viewer.receive_text();
      if (payload.empty()) return false;
      const int number = std::stoi(payload.substr(2));
      if (payload != text(payload[0], number) + " for intermediate en") return false;
      if (number <= std::exchange(newest[payload[0]], number)) return false;
    }
    return true;
  };
  for (const auto& viewer : viewers_) EXPECT_TRUE(reads_in_order_to_the_newest(*viewer));
  clock_.pass(std::chrono::seconds(1));
  for (const auto& viewer : late) EXPECT_TRUE(reads_in_order_to_the_newest(*viewer));
  EXPECT_GT(edge_counters().conflated.value(), 0U) << "nobody was slow";
}

// RFC 7692: what is sent to many is compressed once.
class DeflateTest : public EdgeTest {
 protected:
  explicit DeflateTest(bool deflate = true) : EdgeTest({.deflate = deflate}) {}

  static constexpr const char* kOffer = "Sec-WebSocket-Extensions: permessage-deflate";

  // Who has offered it and said hello.
  std::unique_ptr<TestClient> viewer(const std::string& parameters = "") {
    auto viewer = std::make_unique<TestClient>(port());
    response_ = viewer->upgrade("/ws", kOffer + parameters + "\r\n");
    viewer->say("{}");
    viewer->receive_until("connection_established");
    return viewer;
  }

  const std::string long_ = "position " + std::string(2000, '7');
  const std::string told_long_ = long_ + " for intermediate en";
  std::string response_;
};

TEST_F(DeflateTest, IsForWhoeverOffersIt) {
  const auto one = viewer("; client_max_window_bits");
  EXPECT_THAT(response_, ::testing::HasSubstr("Sec-WebSocket-Extensions: permessage-deflate"));
  studio().publish<protocol::GameState>(long_);
  const std::string payload = one->receive_text();
  EXPECT_LT(payload.size(), 100U);
  EXPECT_EQ(inflate_message(payload, 4096), told_long_);
  studio().publish<protocol::GameState>("short");
  EXPECT_EQ(one->receive_text(), "short for intermediate en");
}

TEST_F(DeflateTest, IsNotForOthers) {
  TestClient plain(port());
  EXPECT_THAT(plain.upgrade("/ws"), ::testing::Not(::testing::HasSubstr("Extensions")));
  plain.say("{}");
  plain.receive_until("connection_established");
  const auto one = viewer();
  studio().publish<protocol::GameState>(long_);
  EXPECT_EQ(plain.receive_text(), told_long_);
  EXPECT_EQ(inflate_message(one->receive_text(), 4096), told_long_);
}

TEST_F(DeflateTest, SendsAsItIsWhatASmallWindowCouldNotHold) {
  const auto one = viewer("; server_max_window_bits=9");
  EXPECT_THAT(response_, ::testing::HasSubstr("; server_max_window_bits=9"));
  studio().publish<protocol::GameState>(long_);
  EXPECT_EQ(one->receive_text(), told_long_);
}

TEST_F(DeflateTest, HoldsTheSameForWhoJoinsLater) {
  studio().publish<protocol::GameState>(long_);
  auto late = std::make_unique<TestClient>(port());
  late->upgrade("/ws", std::string(kOffer) + "\r\n");
  late->say("{}");
  late->receive_until("connection_established");
  EXPECT_EQ(inflate_message(late->receive_text(), 4096), told_long_);
}

TEST_F(DeflateTest, ReadsWhatAViewerCompresses) {
  TestClient viewer(port());
  viewer.upgrade("/ws", std::string(kOffer) + "\r\n");
  std::string hello =
      TestClient::masked(Opcode::text, MessageDeflater().deflate(R"({"level":"advanced"})"));
  hello[0] = static_cast<char>(static_cast<unsigned char>(hello[0]) | 0x40U);
  viewer.write(hello);
  EXPECT_THAT(viewer.receive_until("connection_established"), ::testing::HasSubstr("advanced"));
}

class NoDeflateTest : public DeflateTest {
 protected:
  NoDeflateTest() : DeflateTest(false) {}
};

TEST_F(NoDeflateTest, DeclinesEveryOffer) {
  const auto one = viewer();
  EXPECT_THAT(response_, ::testing::Not(::testing::HasSubstr("Extensions")));
  studio().publish<protocol::GameState>(long_);
  EXPECT_EQ(one->receive_text(), told_long_);
}

}  // namespace
}  // namespace keisei::edge::testing
