#include "doctor/showcase_check.h"

#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <thread>

#include "base/notices.h"
#include "base/testing/black_hole.h"
#include "base/testing/temporary_folder.h"
#include "broker/in_process_broker.h"
#include "control/server.h"
#include "edge/server.h"

namespace keisei::doctor {
namespace {

using ::testing::HasSubstr;

constexpr const char* kToken = "the token";

edge::ServerOptions edge_options() {
  edge::ServerOptions options;
  options.listen.port = 0;
  options.operator_token = kToken;
  return options;
}

control::ServerOptions control_options() {
  control::ServerOptions options;
  options.listen.port = 0;
  options.operator_token = kToken;
  return options;
}

http::StaticFiles page() {
  const TemporaryFolder folder;
  folder.write("index.html", "<html>");
  return http::StaticFiles::load(folder.path()).value();
}

// Both ports of a show, with their thread.
class ShowcaseCheckTest : public ::testing::Test {
 protected:
  ShowcaseCheckTest() {
    EXPECT_TRUE(edge_.listen());
    EXPECT_TRUE(control_.listen());
    thread_ = std::thread([this] { context_.run(); });
  }
  ~ShowcaseCheckTest() override {
    context_.stop();
    thread_.join();
  }

  std::string url(const std::string& path = "/ingest") const {
    return "ws://127.0.0.1:" + std::to_string(edge_.port()) + path;
  }
  Findings address(const std::string& url, const Result<std::string>& token = kToken) {
    return check_address({.url = url}, token, clock_);
  }
  Findings show(const std::string& token = kToken) {
    return check_show({.port = control_.port()}, token, clock_);
  }

  SystemClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  broker::InProcessBroker broker_{counters_};
  boost::asio::io_context context_{1};
  edge::Server edge_{context_, edge_options(), page(), broker_, clock_, counters_, notices_};
  control::Server control_{context_, control_options(), broker_, clock_, counters_, notices_};
  std::thread thread_;
};

TEST_F(ShowcaseCheckTest, IsContentWithAShowcaseThatTakesTheToken) {
  const Findings found = address(url());
  ASSERT_EQ(found.size(), 3u);
  for (const Finding& one : found) EXPECT_EQ(one.verdict, Verdict::ok) << one.found;
  EXPECT_EQ(found[1].check, "trainer_clock");
  EXPECT_EQ(found[2].check, "trainer_token");
}

// 127.1 leads here and is no address as browsers write them.
TEST_F(ShowcaseCheckTest, IsLetInByTheTokenWhereItsNameIsNone) {
  const std::string foreign = "ws://127.1:" + std::to_string(edge_.port()) + "/ingest";
  const Findings found = address(foreign);
  ASSERT_EQ(found.size(), 3u);
  for (const Finding& one : found) EXPECT_EQ(one.verdict, Verdict::ok) << one.found;
  const Findings without = address(foreign, fail("no token"));
  ASSERT_EQ(without.size(), 1u);
  EXPECT_EQ(without[0].verdict, Verdict::failed);
  EXPECT_THAT(without[0].advice, HasSubstr("--allow-host"));
}

TEST_F(ShowcaseCheckTest, DisturbsNoTrainer) {
  address(url());
  for (const Counters::Family& family : counters_.read()) {
    if (!family.name.starts_with("keisei_edge_trainers")) continue;
    for (const Counters::Value& value : family.values) {
      EXPECT_EQ(value.value, 0) << family.name << " " << value.label;
    }
  }
}

TEST_F(ShowcaseCheckTest, FailsWithAnotherToken) {
  const Finding found = address(url(), "another token").at(2);
  EXPECT_EQ(found.verdict, Verdict::failed);
  EXPECT_THAT(found.advice, HasSubstr("--token-file"));
}

TEST_F(ShowcaseCheckTest, FailsAtADoorThatIsNone) {
  const Finding found = address(url("/")).at(2);
  EXPECT_EQ(found.verdict, Verdict::failed);
  EXPECT_THAT(found.advice, HasSubstr("/ingest"));
}

TEST_F(ShowcaseCheckTest, SaysHowFarItCameWhenEncryptionIsNotSpoken) {
  const std::string secure = "wss://127.0.0.1:" + std::to_string(edge_.port()) + "/ingest";
  const Finding found = address(secure).at(0);
  EXPECT_EQ(found.verdict, Verdict::failed);
  EXPECT_THAT(found.found, HasSubstr("no secure connection"));
}

TEST_F(ShowcaseCheckTest, FailsForWhatIsNoAddress) {
  EXPECT_EQ(address("http://127.0.0.1/").at(0).verdict, Verdict::failed);
}

TEST_F(ShowcaseCheckTest, DoesNotWaitLongForWhoDoesNotAnswer) {
  const BlackHole hole;
  const Finding found = address("ws://127.0.0.1:" + std::to_string(hole.port()) + "/ingest").at(0);
  EXPECT_EQ(found.verdict, Verdict::failed);
  EXPECT_THAT(found.found, HasSubstr("no answer in time"));
}

TEST_F(ShowcaseCheckTest, MindsNoMissingShowBeforeItsStart) {
  EXPECT_EQ(check_address({.url = "ws://127.0.0.1:1/ingest", .is_expected = false}, kToken, clock_)
                .at(0)
                .verdict,
            Verdict::ok);
  EXPECT_EQ(address("ws://127.0.0.1:1/ingest").at(0).verdict, Verdict::failed);
}

TEST_F(ShowcaseCheckTest, PassesOnWhatTheShowSaysOfItself) {
  notices_.topic("trainer_link", "the trainer's connection").fails("nothing for 6 s");
  notices_.topic("games", "games").happened("game 7 is broken");
  notices_.topic("disk", "the disk");
  const Findings found = show();
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[0].verdict, Verdict::ok);
  EXPECT_EQ(found[1].found, "the trainer's connection: nothing for 6 s");
  EXPECT_EQ(found[1].verdict, Verdict::warning);
  EXPECT_EQ(found[2].found, "games: game 7 is broken");
}

TEST_F(ShowcaseCheckTest, SaysThatAnotherTokenIsNeededToHearMore) {
  EXPECT_THAT(show("another token").at(0).found, HasSubstr("with another token"));
}

TEST_F(ShowcaseCheckTest, SaysNothingOfAShowThatIsNotOn) {
  EXPECT_TRUE(check_show({.port = 1}, kToken, clock_).empty());
}

}  // namespace
}  // namespace keisei::doctor
