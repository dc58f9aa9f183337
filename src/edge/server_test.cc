#include "edge/server.h"

#include <gmock/gmock.h>
#include <unistd.h>

#include <boost/asio/post.hpp>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

#include "base/counters.h"
#include "broker/in_process_broker.h"
#include "edge/test_client.h"

namespace keisei::edge {
namespace {

namespace fs = std::filesystem;
using protocol::GameState;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using testing::TestClient;

// A whole edge on a free port, with its thread. The test plays the studio.
class ServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("keisei-server-" + std::to_string(::getpid()));
    fs::create_directories(folder_ / "assets");
    std::ofstream(folder_ / "index.html") << "<html>";
    std::ofstream(folder_ / "assets" / "app.js") << "code";
    std::ofstream(folder_ / "assets" / "app.js.gz") << "packed";
    epoch_ = broker_.take_over([this](broker::Input input, broker::Receipt receipt) {
      const std::lock_guard lock(mutex_);
      inputs_.push_back(std::move(input));
      if (takes_) {
        receipt.take(epoch_);
      } else {
        receipts_.push_back(std::move(receipt));
      }
      arrived_.notify_all();
    });
    ServerOptions options;
    options.port = 0;
    options.operator_token = "the token";
    options.hub.max_viewers = 40;
    server_.emplace(context_, options, StaticFiles::load(folder_).value(), broker_, clock_);
    ASSERT_TRUE(server_->listen());
    thread_ = std::thread([this] { context_.run(); });
  }
  void TearDown() override {
    context_.stop();
    thread_.join();
    server_.reset();
    fs::remove_all(folder_);
  }

  std::uint16_t port() const { return server_->port(); }

  template <class Message>
  void publish(const std::string& text, std::string viewer = "") {
    broker::Frame frame{protocol::message_index<Message>(), {}, std::move(viewer)};
    static constexpr std::array<const char*, protocol::kVariants> kNames = {
        "beginner en",     "beginner ja", "intermediate en",
        "intermediate ja", "advanced en", "advanced ja"};
    for (std::size_t i = 0; i < protocol::kVariants; ++i) {
      frame.variants[i] = std::make_shared<const std::string>(text + " for " + kNames[i]);
    }
    broker_.publish({epoch_, {std::make_shared<const broker::Frame>(std::move(frame))}});
  }
  // Runs on the server's thread, and waits.
  template <class Function>
  auto on_server(Function function) {
    std::packaged_task<decltype(function())()> task(function);
    auto result = task.get_future();
    boost::asio::post(context_, [&task] { task(); });
    return result.get();
  }
  template <class Kind, class Predicate>
  bool await_input(Predicate predicate) {
    std::unique_lock lock(mutex_);
    return arrived_.wait_for(lock, std::chrono::seconds(5), [&] {
      for (const auto& input : inputs_) {
        if (const auto* kind = std::get_if<Kind>(&input); kind != nullptr && predicate(*kind)) {
          return true;
        }
      }
      return false;
    });
  }

  fs::path folder_;
  SystemClock clock_;
  // Before the context: sessions that it still holds tell the broker when they end.
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<broker::Input> inputs_;
  Counters counters_;
  broker::InProcessBroker broker_{counters_};
  broker::Epoch epoch_ = 0;
  bool takes_ = true;
  std::vector<broker::Receipt> receipts_;  // of what it does not take yet
  boost::asio::io_context context_{1};
  std::optional<Server> server_;
  std::thread thread_;
};

TEST_F(ServerTest, AnswersAHelloAndThenSendsThePresent) {
  publish<GameState>("position 7");
  TestClient viewer(port());
  ASSERT_THAT(viewer.upgrade("/ws"), HasSubstr("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  viewer.say("{}");
  EXPECT_THAT(viewer.receive_text(), HasSubstr("connection_established"));
  EXPECT_EQ(viewer.receive_text(), "position 7 for intermediate en");
}

TEST_F(ServerTest, SendsNothingBeforeTheHello) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  publish<GameState>("too early");
  viewer.say("", Opcode::ping);
  EXPECT_EQ(viewer.receive()->opcode, Opcode::pong);
}

TEST_F(ServerTest, NamesTheFieldOfABadHelloAndLivesOn) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(R"({"level":"wizard"})");
  const std::string error = viewer.receive_text();
  EXPECT_THAT(error, HasSubstr(R"("type":"error")"));
  EXPECT_THAT(error, HasSubstr(R"("field":"level")"));
  viewer.say(R"({"level":"advanced","language":"ja"})");
  EXPECT_THAT(viewer.receive_text(), HasSubstr("connection_established"));
  publish<GameState>("a move");
  EXPECT_EQ(viewer.receive_text(), "a move for advanced ja");
}

TEST_F(ServerTest, LetsAViewerChangeItsMind) {
  publish<GameState>("now");
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(R"({"level":"beginner"})");
  EXPECT_EQ(viewer.receive_until("now"), "now for beginner en");
  viewer.say(R"({"level":"advanced"})");
  EXPECT_EQ(viewer.receive_until("now"), "now for advanced en");
}

TEST_F(ServerTest, SendsOnlyTheChannelsAskedFor) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(R"({"channels":["metrics"]})");
  viewer.receive_text();
  publish<GameState>("a move");
  publish<protocol::PpoMetrics>("an update");
  EXPECT_THAT(viewer.receive_text(), StartsWith("an update"));
}

TEST_F(ServerTest, GivesASlowViewerTheNewestFrameAndLosesNoAnswer) {
  TestClient viewer(port(), 4096);
  viewer.upgrade("/ws");
  viewer.say("{}");
  const std::string welcome = viewer.receive_text();
  const std::string before_id = R"("client_id":")";
  const std::string id = welcome.substr(welcome.find(before_id) + before_id.size(), 32);
  const std::string padding(200'000, ' ');
  for (int i = 1; i <= 200; ++i) publish<GameState>("frame " + std::to_string(i) + padding);
  publish<protocol::ErrorMessage>("an answer", id);
  const auto conflated = [&] {
    return on_server([&] { return server_->hub().counters().conflated; });
  };
  while (conflated() < 100) std::this_thread::yield();

  bool answered = false;
  bool newest = false;
  int frames = 0;
  while (!answered || !newest) {
    const std::string text = viewer.receive_text();
    ASSERT_NE(text, "");
    if (text.starts_with("an answer")) answered = true;
    if (text.starts_with("frame 200 ")) newest = true;
    ++frames;
  }
  EXPECT_LT(frames, 100);
}

TEST_F(ServerTest, DoesNotLetOneViewersSilenceDelayAnother) {
  TestClient stuck(port(), 4096);
  stuck.upgrade("/ws");
  stuck.say("{}");
  TestClient other(port());
  other.upgrade("/ws");
  other.say("{}");
  other.receive_text();
  const std::string padding(100'000, ' ');
  for (int i = 1; i <= 50; ++i) publish<GameState>("frame " + std::to_string(i) + padding);
  EXPECT_THAT(other.receive_until("frame 50 "), StartsWith("frame 50 "));
}

TEST_F(ServerTest, ClosesTooLongMessagesWithTheRightCode) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(std::string(5000, ' '));
  const auto close = viewer.receive();
  ASSERT_TRUE(close);
  EXPECT_EQ(close->opcode, Opcode::close);
  EXPECT_THAT(close->payload, StartsWith("\x03\xf1"));  // 1009
}

TEST_F(ServerTest, TellsAChattererToSlowDownAndThenDisconnectsIt) {
  {
    TestClient viewer(port());
    viewer.upgrade("/ws");
    for (int i = 0; i < 200; ++i) {
      try {
        viewer.say("{}");
      } catch (const std::exception&) {
        break;  // disconnected already
      }
    }
    EXPECT_THAT(viewer.receive_until("rate_limited"), HasSubstr("10 messages a second"));
    while (viewer.receive()) {
    }
  }
  const auto disconnected = [&] {
    return on_server([&] { return server_->hub().counters().left.contains("rate_limit"); });
  };
  while (!disconnected()) std::this_thread::yield();
}

TEST_F(ServerTest, AnswersTheGoodbye) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(std::string("\x03\xe8", 2), Opcode::close);
  EXPECT_EQ(viewer.receive()->opcode, Opcode::close);
  EXPECT_FALSE(viewer.receive());
}

TEST_F(ServerTest, SaysGoodbyeWhenItStops) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say("{}");
  viewer.receive_text();
  on_server([&] { server_->stop(); });
  const auto close = viewer.receive();
  ASSERT_TRUE(close);
  EXPECT_THAT(close->payload, StartsWith("\x03\xe9"));  // 1001
}

TEST_F(ServerTest, RefusesAnotherSitesPage) {
  EXPECT_THAT(TestClient(port()).upgrade("/ws", "Origin: https://evil.org\r\n"), HasSubstr("403"));
  EXPECT_THAT(TestClient(port()).upgrade("/ws", "Origin: http://here\r\n"), HasSubstr("101"));
}

TEST_F(ServerTest, RefusesMoreViewersThanItsLimit) {
  std::vector<std::unique_ptr<TestClient>> viewers;
  for (int i = 0; i < 40; ++i) {
    viewers.push_back(std::make_unique<TestClient>(port()));
    ASSERT_THAT(viewers.back()->upgrade("/ws"), HasSubstr("101"));
  }
  EXPECT_THAT(TestClient(port()).upgrade("/ws"), HasSubstr("503"));
}

TEST_F(ServerTest, AdmitsNoTrainerWithoutTheToken) {
  EXPECT_THAT(TestClient(port()).upgrade("/ingest"), HasSubstr("401"));
  EXPECT_THAT(TestClient(port()).upgrade("/ingest", "Authorization: Bearer a token\r\n"),
              HasSubstr("401"));
}

TEST_F(ServerTest, HandsTelemetryToTheStudioAndSaysWhenTheTrainerIsGone) {
  {
    TestClient trainer(port());
    ASSERT_THAT(trainer.upgrade("/ingest", "Authorization: Bearer the token\r\n"),
                HasSubstr("101"));
    trainer.say("an event");
    EXPECT_TRUE(await_input<broker::TrainerOpened>([](const auto&) { return true; }));
    EXPECT_TRUE(
        await_input<broker::Telemetry>([](const auto& told) { return told.json == "an event"; }));
  }
  EXPECT_TRUE(await_input<broker::TrainerClosed>([](const auto&) { return true; }));
}

TEST_F(ServerTest, PrefersTheNewestTrainer) {
  TestClient old(port());
  old.upgrade("/ingest", "Authorization: Bearer the token\r\n");
  TestClient fresh(port());
  fresh.upgrade("/ingest", "Authorization: Bearer the token\r\n");
  EXPECT_EQ(old.receive()->opcode, Opcode::close);
  fresh.say("still here");
  EXPECT_TRUE(
      await_input<broker::Telemetry>([](const auto& told) { return told.json == "still here"; }));
}

TEST_F(ServerTest, ConfirmsTelemetryWhenTheStudioHasTakenItAndNotBefore) {
  on_server([&] { takes_ = false; });
  TestClient trainer(port());
  trainer.upgrade("/ingest", "Authorization: Bearer the token\r\n");
  trainer.say("an event");
  ASSERT_TRUE(await_input<broker::Telemetry>([](const auto&) { return true; }));
  trainer.say("", Opcode::ping);
  EXPECT_EQ(trainer.receive()->opcode, Opcode::pong) << "and no acknowledgement before it";
  on_server([&] { receipts_.back().take(epoch_); });
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("data":{"received":1})"));
}

TEST_F(ServerTest, EndsTheConnectionOfATrainerWhoseTelemetryWasRefused) {
  on_server([&] { takes_ = false; });
  TestClient trainer(port());
  trainer.upgrade("/ingest", "Authorization: Bearer the token\r\n");
  trainer.say("an event");
  ASSERT_TRUE(await_input<broker::Telemetry>([](const auto&) { return true; }));
  on_server([&] { receipts_.back().refuse(broker::Refusal::full); });
  EXPECT_EQ(trainer.receive()->opcode, Opcode::close);
}

TEST_F(ServerTest, PassesTheOperatorsWordToTheStudio) {
  TestClient streamer(port());
  streamer.upgrade("/ws");
  streamer.say(R"({"type":"control","data":{"token":"the token","command":"stop_streaming"}})");
  EXPECT_TRUE(await_input<broker::OperatorSaid>(
      [](const auto& said) { return said.command == protocol::Command::stop_streaming; }));
}

TEST_F(ServerTest, TellsATrainerTheStudiosWord) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", "Authorization: Bearer the token\r\n");
  broker::Session session = 0;
  EXPECT_TRUE(await_input<broker::TrainerOpened>([&](const auto& opened) {
    session = opened.session;
    return true;
  }));
  broker_.tell({epoch_, session + 1, {true}});
  broker_.tell({epoch_, session, {false}});
  EXPECT_THAT(trainer.receive_text(), HasSubstr(R"("data":{"streaming":false})"));
}

TEST_F(ServerTest, ObeysNobodyElse) {
  TestClient trainer(port());
  trainer.upgrade("/ingest", "Authorization: Bearer the token\r\n");
  EXPECT_TRUE(await_input<broker::TrainerOpened>([](const auto&) { return true; }));
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say(R"({"type":"control","data":{"token":"a token","command":"stop_streaming"}})");
  EXPECT_THAT(viewer.receive_text(), HasSubstr(R"("code":"unauthorized","field":"token")"));
  viewer.say(R"({"type":"control","data":{"token":"the token","command":"explode"}})");
  EXPECT_THAT(viewer.receive_text(), HasSubstr(R"("code":"bad_field","field":"command")"));
  viewer.say(R"({"type":"control","data":{"command":"stop_streaming"}})");
  EXPECT_THAT(viewer.receive_text(), HasSubstr(R"("code":"bad_field","field":"token")"));
  trainer.say("an event");
  EXPECT_THAT(trainer.receive_text(), HasSubstr("telemetry_acknowledged"))
      << "and not the word of a stranger";
}

TEST_F(ServerTest, CountsItsViewers) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  viewer.say("{}");
  EXPECT_TRUE(
      await_input<broker::ViewersCounted>([](const auto& count) { return count.viewers == 1; }));
}

TEST_F(ServerTest, ServesThePageSafely) {
  const std::string header = TestClient(port()).get("/");
  EXPECT_THAT(header, HasSubstr("200 OK"));
  EXPECT_THAT(header, HasSubstr("Content-Type: text/html"));
  EXPECT_THAT(header, HasSubstr("X-Content-Type-Options: nosniff"));
  EXPECT_THAT(header, HasSubstr("Content-Security-Policy: default-src 'self'"));
  EXPECT_THAT(header, HasSubstr("Cache-Control: no-cache"));
}

TEST_F(ServerTest, ServesPackedFilesToThoseWhoUnpackThem) {
  EXPECT_THAT(TestClient(port()).get("/assets/app.js", "Accept-Encoding: gzip\r\n"),
              HasSubstr("Content-Encoding: gzip"));
  const std::string plain = TestClient(port()).get("/assets/app.js");
  EXPECT_THAT(plain, Not(HasSubstr("Content-Encoding")));
  EXPECT_THAT(plain, HasSubstr("immutable"));
}

TEST_F(ServerTest, SendsAKnownFileNotAgain) {
  const std::string header = TestClient(port()).get("/");
  const auto start = header.find("ETag: ") + 6;
  const std::string etag = header.substr(start, header.find("\r\n", start) - start);
  EXPECT_THAT(TestClient(port()).get("/", "If-None-Match: " + etag + "\r\n"), HasSubstr("304"));
}

TEST_F(ServerTest, RefusesPathsOutOfItsFolder) {
  EXPECT_THAT(TestClient(port()).get("/../../../etc/passwd"), HasSubstr("404"));
  EXPECT_THAT(TestClient(port()).get("/assets/../../secret.txt"), HasSubstr("404"));
  EXPECT_THAT(TestClient(port()).get("/%2e%2e/secret.txt"), HasSubstr("404"));
}

TEST_F(ServerTest, ReportsItsHealth) {
  TestClient client(port());
  const std::string header = client.get("/healthz");
  EXPECT_THAT(header, HasSubstr("200 OK"));
  EXPECT_THAT(client.read_body(15), HasSubstr(R"("status":"ok")"));
}

TEST(ServerStart, SaysWhatToDoWhenThePortIsTaken) {
  const fs::path folder = fs::temp_directory_path() / ("keisei-port-" + std::to_string(::getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / "index.html") << "<html>";
  boost::asio::io_context context(1);
  const SystemClock clock;
  Counters counters;
  broker::InProcessBroker broker(counters);
  ServerOptions options;
  options.port = 0;
  Server first(context, options, StaticFiles::load(folder).value(), broker, clock);
  ASSERT_TRUE(first.listen());
  options.port = first.port();
  Server second(context, options, StaticFiles::load(folder).value(), broker, clock);
  const auto taken = second.listen();
  ASSERT_FALSE(taken);
  EXPECT_THAT(taken.error().message, HasSubstr("--port"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace keisei::edge
