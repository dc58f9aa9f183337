#include "control/server.h"

#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>
#include <tuple>
#include <vector>

#include "base/testing/manual_clock.h"
#include "broker/in_process_broker.h"
#include "control/status.h"
#include "http/test_client.h"
#include "protocol/messages.h"

namespace keisei::control {
namespace {

using http::testing::TestClient;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr const char* kToken = "Authorization: Bearer the token\r\n";

// The operator's port, with its thread. The test plays the studio.
class ControlTest : public ::testing::Test {
 protected:
  ControlTest() {
    ServerOptions options;
    options.listen.port = 0;
    options.operator_token = "the token";
    server_.emplace(context_, options, broker_, clock_, counters_, notices_);
    EXPECT_TRUE(server_->listen());
    thread_ = std::thread([this] { context_.run(); });
  }
  ~ControlTest() override {
    context_.stop();
    thread_.join();
  }

  void begin_studio() {
    epoch_ = broker_.take_over([this](broker::Input input, broker::Receipt receipt) {
      const std::lock_guard lock(mutex_);
      if (const auto* said = std::get_if<broker::OperatorSaid>(&input)) {
        said_.push_back(said->command);
        paces_.push_back(said->seconds_per_move);
      }
      receipt.take(epoch_);
    });
  }
  std::string post(const std::string& body, const std::string& headers = kToken,
                   const std::string& path = "/api/v1/streaming") {
    TestClient client(server_->port());
    const std::string header = client.post(path, body, headers);
    return header + client.body_of(header);
  }
  std::string post_game(const std::string& body) { return post(body, kToken, "/api/v1/game"); }
  std::vector<protocol::Command> said() {
    const std::lock_guard lock(mutex_);
    return said_;
  }

  ManualClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  broker::InProcessBroker broker_{counters_};
  std::mutex mutex_;
  std::vector<protocol::Command> said_;
  std::vector<protocol::Number> paces_;
  broker::Epoch epoch_ = 0;
  boost::asio::io_context context_{1};
  std::optional<Server> server_;
  std::thread thread_;
};

TEST_F(ControlTest, TellsTheStudioTheOperatorsWord) {
  begin_studio();
  EXPECT_THAT(post(R"({"streaming":false})"), StartsWith("HTTP/1.1 204"));
  EXPECT_THAT(post(R"({"streaming":true})"), StartsWith("HTTP/1.1 204"));
  EXPECT_THAT(said(),
              ElementsAre(protocol::Command::stop_streaming, protocol::Command::resume_streaming));
}

TEST_F(ControlTest, SaysWhenTheStudioHasNotTakenTheWord) {
  const std::string answer = post(R"({"streaming":false})");
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(answer, HasSubstr(R"("code":"unavailable")"));
}

TEST_F(ControlTest, NamesTheFieldOfABadWord) {
  begin_studio();
  for (const char* body : {R"({"streaming":1})", R"({})"}) {
    const std::string answer = post(body);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(answer, HasSubstr("application/problem+json"));
    EXPECT_THAT(answer, HasSubstr(R"("code":"bad_field","field":"streaming")"));
  }
  EXPECT_THAT(post("{"), HasSubstr(R"("code":"bad_json")"));
  EXPECT_THAT(said(), IsEmpty());
}

TEST_F(ControlTest, TellsTheStudioWhatBecomesOfTheGameOnScreen) {
  using protocol::Command;
  begin_studio();
  for (const char* command : {"pause_game", "step_game", "play_game", "next_game", "follow_live"}) {
    EXPECT_THAT(post_game(std::string(R"({"command":")") + command + "\"}"),
                StartsWith("HTTP/1.1 204"));
  }
  EXPECT_THAT(post_game(R"({"command":"set_pace","seconds_per_move":1.5})"),
              StartsWith("HTTP/1.1 204"));
  EXPECT_THAT(said(), ElementsAre(Command::pause_game, Command::step_game, Command::play_game,
                                  Command::next_game, Command::follow_live, Command::set_pace));
  EXPECT_EQ(paces_.back(), 1.5);
}

TEST_F(ControlTest, NamesTheFieldOfABadWordOnTheGame) {
  begin_studio();
  const auto refused = [&](const char* body) { return post_game(body); };
  for (const char* body :
       {R"({"command":"set_pace"})", R"({"command":"set_pace","seconds_per_move":0})",
        R"({"command":"set_pace","seconds_per_move":61})",
        R"({"command":"pause_game","seconds_per_move":3})"}) {
    EXPECT_THAT(refused(body), HasSubstr(R"("code":"bad_field","field":"seconds_per_move")"))
        << body;
  }
  for (const char* body : {R"({})", R"({"command":"stop_streaming"})", R"({"command":"rewind"})"}) {
    EXPECT_THAT(refused(body), HasSubstr(R"("code":"bad_field","field":"command")")) << body;
  }
  EXPECT_THAT(said(), IsEmpty());
}

TEST_F(ControlTest, ObeysNobodyElse) {
  begin_studio();
  EXPECT_THAT(post(R"({"streaming":false})", ""), StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(post(R"({"streaming":false})", "Authorization: Bearer a token\r\n"),
              StartsWith("HTTP/1.1 401"));
  EXPECT_THAT(said(), IsEmpty());
}

TEST_F(ControlTest, TellsNobodyElseAnything) {
  for (const char* path :
       {"/metrics", "/healthz", "/", "/nothing", "/api/v1/nothing", "/api/v1/status"}) {
    EXPECT_THAT(TestClient(server_->port()).get(path), StartsWith("HTTP/1.1 401")) << path;
  }
}

TEST_F(ControlTest, SlowsDownAProgramThatNeverStops) {
  begin_studio();
  std::string last;
  for (int i = 0; i < 11; ++i) last = post(R"({"streaming":true})");
  EXPECT_THAT(last, StartsWith("HTTP/1.1 429"));
  clock_.pass(std::chrono::seconds(1));
  EXPECT_THAT(post(R"({"streaming":true})"), StartsWith("HTTP/1.1 204"));
}

TEST_F(ControlTest, ForgivesAProgramThatHasStopped) {
  begin_studio();
  TestClient client(server_->port());
  const auto post_again = [&] {
    const std::string header = client.post("/api/v1/streaming", R"({"streaming":true})", kToken);
    client.body_of(header);
    return header;
  };
  for (int i = 0; i < 1000; ++i) post_again();
  EXPECT_THAT(post_again(), StartsWith("HTTP/1.1 429"));
  clock_.pass(std::chrono::seconds(3));
  EXPECT_THAT(post_again(), StartsWith("HTTP/1.1 204"));
}

TEST_F(ControlTest, ReportsItsHealth) {
  clock_.pass(std::chrono::seconds(90));
  TestClient client(server_->port());
  EXPECT_EQ(client.body_of(client.get("/healthz", kToken)),
            "{\"status\":\"ok\",\"uptime_s\":90}\n");
}

TEST_F(ControlTest, TellsHowTheShowIs) {
  clock_.pass(std::chrono::seconds(90));
  notices_.topic("trainer_link", "the trainer's connection").fails("it said nothing for 6 s");
  notices_.topic("games", "games").happened("game 7 is broken", 2);
  TestClient client(server_->port());
  const std::string header = client.get("/api/v1/status", kToken);
  EXPECT_THAT(header, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(header, HasSubstr("Cache-Control: no-store"));
  const double now = unix_seconds(clock_.wall());
  boost::json::value told = boost::json::parse(client.body_of(header));
  auto& topics = told.at("topics").as_array();
  ASSERT_GE(topics.size(), 2U);
  topics.erase(topics.begin(), topics.end() - 2);  // the port's own
  EXPECT_EQ(told, (boost::json::value{{"version", KEISEI_VERSION},
                                      {"protocol", protocol::kProtocolVersion},
                                      {"time", static_cast<std::int64_t>(now)},
                                      {"uptime_s", 90},
                                      {"failing", true},
                                      {"topics",
                                       {{{"topic", "trainer_link"},
                                         {"what", "the trainer's connection"},
                                         {"failing", true},
                                         {"reason", "it said nothing for 6 s"},
                                         {"since", static_cast<std::int64_t>(now)},
                                         {"failures", 1},
                                         {"happenings", 0}},
                                        {{"topic", "games"},
                                         {"what", "games"},
                                         {"failing", false},
                                         {"reason", "game 7 is broken"},
                                         {"since", static_cast<std::int64_t>(now)},
                                         {"failures", 0},
                                         {"happenings", 2}}}}}));
}

// The operator's guide describes them in the same words.
template <class Part>
std::string described() {
  std::string rows;
  std::apply(
      [&](const auto&... field) {
        ((rows += "| `" + std::string(field.name) + "` | " + std::string(field.doc) + " |\n"), ...);
      },
      protocol::Description<Part>::fields);
  return rows;
}

TEST_F(ControlTest, TellsWhatTheOperatorsGuideDescribes) {
  std::ifstream in(KEISEI_SOURCE_DIR "/docs/operator.md");
  const std::string guide{std::istreambuf_iterator<char>(in), {}};
  EXPECT_THAT(guide, HasSubstr(described<protocol::ShowStatus>()));
  EXPECT_THAT(guide, HasSubstr(described<protocol::TopicStatus>()));
}

// Counters are made by the registry only (its own test), and all that it made is here.
TEST_F(ControlTest, ExposesEveryCounterThereIs) {
  counters_.counter("keisei_test_made_later_total", "Made after the port was opened.");
  notices_.topic("made_later", "what is watched later");
  TestClient client(server_->port());
  const std::string header = client.get("/metrics", kToken);
  EXPECT_THAT(header, HasSubstr("Content-Type: text/plain; version=0.0.4"));
  const std::string text = client.body_of(header);
  for (const Counters::Family& family : counters_.read()) {
    for (const Counters::Value& value : family.values) {
      const std::string label =
          value.label.empty() ? "" : "{" + family.label_name + "=\"" + value.label + "\"}";
      EXPECT_THAT(text, HasSubstr("\n" + family.name + label + " "));
    }
  }
  EXPECT_THAT(text, HasSubstr("\nkeisei_trouble{topic=\"made_later\"} 0\n"));
}

}  // namespace
}  // namespace keisei::control
