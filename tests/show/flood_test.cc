#include <gmock/gmock.h>

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <thread>

#include "base/testing/comes_true.h"
#include "base/testing/temporary_folder.h"
#include "broker/in_process_broker.h"
#include "edge/edge_counters.h"
#include "edge/server.h"
#include "edge/test_client.h"
#include "protocol/codec.h"
#include "store/no_store.h"
#include "studio/content/content.h"
#include "studio/programme.h"
#include "studio/studio_loop.h"

// Edge, broker and studio as the showcase composes them, and a trainer that says more than a studio
// that stands still can take: what is acknowledged was taken, and what was taken counts.
namespace keisei {
namespace {

using namespace std::chrono_literals;
using edge::testing::TestClient;

edge::ServerOptions options() {
  edge::ServerOptions options;
  options.listen.port = 0;
  options.allowed_hosts = {"here"};
  options.operator_token = "the token";
  return options;
}

http::StaticFiles page() {
  const TemporaryFolder folder;
  folder.write("index.html", "<html>");
  return http::StaticFiles::load(folder.path()).value();
}

std::string game(int number) {
  protocol::GameFinished game{};
  game.game_id = "run-" + std::to_string(number);
  game.game_number = number;
  game.start_sfen = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";
  game.moves = {"7g7f", "3c3d"};
  game.reason = protocol::EndReason::resignation;
  return protocol::encode(game, 1, 1);
}

std::string run() {
  protocol::RunStarted run{};
  run.run_id = "run";
  run.environments = 1;
  return protocol::encode(run, 1, 1);
}

class FloodTest : public ::testing::Test {
 protected:
  FloodTest() {
    EXPECT_TRUE(edge_.listen());
    edge_thread_ = std::thread([this] { context_.run(); });
  }
  ~FloodTest() override {
    context_.stop();
    edge_thread_.join();
    studio_.stop();
    if (studio_thread_.joinable()) studio_thread_.join();
  }

  void let_the_studio_go() {
    studio_thread_ = std::thread([this] { studio_.run(); });
  }
  std::unique_ptr<TestClient> trainer() {
    auto client = std::make_unique<TestClient>(edge_.port());
    client->upgrade("/ingest", "Authorization: Bearer the token\r\n");
    return client;
  }
  static void tell_games(TestClient& trainer, int most) {
    trainer.say(run());
    for (int number = 1; number <= most; ++number) trainer.say(game(number));
  }
  edge::EdgeCounters counted() { return edge::EdgeCounters(counters_); }
  /// What viewers are told.
  int games_on_air() const { return games_; }

 private:
  void read(const broker::FrameBatch& batch) {
    for (const broker::FramePtr& frame : batch.frames) {
      const auto status = protocol::decode<protocol::SystemStatus>(*frame->variants[0]);
      if (status) games_ = static_cast<int>(status->games);
    }
  }

  SystemClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const auto&) {}};
  studio::Content content_ = studio::Content::load(KEISEI_SOURCE_DIR "/content").value();
  broker::InProcessBroker broker_{counters_};
  std::atomic<int> games_ = 0;
  std::unique_ptr<broker::EdgeSide::Attachment> viewers_ =
      broker_.attach({[this](const auto& batch) { read(batch); }, [](const auto&) {}});
  boost::asio::io_context context_{1};
  edge::Server edge_{context_, options(), page(), broker_, clock_, counters_, notices_};
  store::NoStore no_store_;
  studio::StudioLoop studio_{
      broker_, no_store_, studio::programme(content_, no_store_, clock_, {}, counters_, notices_),
      clock_, notices_};
  std::thread edge_thread_;
  std::thread studio_thread_;
};

TEST_F(FloodTest, LosesNoGameThatIsAcknowledged) {
  constexpr int kGames = 30'000;
  const auto client = trainer();
  std::thread sender([&] { tell_games(*client, kGames); });
  ASSERT_TRUE(comes_true([&] { return counted().trainer_pauses.value() > 0; }));
  EXPECT_EQ(counted().telemetry_taken.value(), 0u) << "nothing was taken, nothing acknowledged";
  let_the_studio_go();
  EXPECT_TRUE(comes_true([&] { return counted().telemetry_taken.value() == kGames + 1; }));
  sender.join();
  EXPECT_TRUE(comes_true([&] { return games_on_air() == kGames; }));
  EXPECT_EQ(counted().telemetry_refused.total(), 0u);
}

TEST_F(FloodTest, CountsAGameOnceThatATrainerTellsOverManyConnections) {
  constexpr int kGames = 2000;
  for (int i = 0; i < 4; ++i) {
    const auto client = trainer();
    tell_games(*client, kGames);
    std::this_thread::sleep_for(50ms);
  }
  const auto client = trainer();
  std::thread sender([&] { tell_games(*client, kGames); });
  let_the_studio_go();
  sender.join();
  EXPECT_TRUE(comes_true([&] { return games_on_air() == kGames; }));
  std::this_thread::sleep_for(1500ms);
  EXPECT_EQ(games_on_air(), kGames);
}

}  // namespace
}  // namespace keisei
