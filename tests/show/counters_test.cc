#include <gmock/gmock.h>

#include <boost/asio/io_context.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>
#include <vector>

#include "base/notices.h"
#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "broker/in_process_broker.h"
#include "control/server.h"
#include "edge/server.h"
#include "http/test_client.h"
#include "past/past.h"
#include "store/no_store.h"
#include "studio/content/content.h"
#include "studio/programme.h"
#include "studio/studio_loop.h"

namespace keisei {
namespace {

using ::testing::HasSubstr;

constexpr const char* kToken = "the token";

edge::ServerOptions edge_options() {
  edge::ServerOptions options;
  options.listen.port = 0;
  options.allowed_hosts = {"here"};
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

// Everything that counts, as the showcase composes it.
class ShowTest : public ::testing::Test {
 protected:
  studio::Content content_ = studio::Content::load(KEISEI_SOURCE_DIR "/content").value();
  ManualClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  broker::InProcessBroker broker_{counters_};
  boost::asio::io_context context_{1};
  edge::Server edge_{context_, edge_options(), page(), broker_, clock_, counters_, notices_};
  control::Server control_{context_, control_options(), broker_, clock_, counters_, notices_};
  past::Past past_{past::FrameLogOptions{}, counters_};
  store::NoStore no_store_;
  studio::StudioLoop studio_{
      broker_, no_store_, studio::programme(content_, no_store_, clock_, {}, counters_, notices_),
      clock_, notices_};
};

TEST_F(ShowTest, ExposesEveryCounterThatItHas) {
  ASSERT_TRUE(control_.listen());
  std::thread thread([&] { context_.run(); });
  http::testing::TestClient client(control_.port());
  const std::string text =
      client.body_of(client.get("/metrics", "Authorization: Bearer the token\r\n"));
  context_.stop();
  thread.join();
  const auto families = counters_.read();
  EXPECT_GT(families.size(), 15u);
  for (const Counters::Family& family : families) {
    EXPECT_THAT(text, HasSubstr("# TYPE " + family.name + " "));
  }
}

// Whoever is told that something stopped working looks there for what to do.
TEST_F(ShowTest, WatchesWhatTheOperatorsGuideExplains) {
  std::ifstream in(KEISEI_SOURCE_DIR "/docs/operator.md");
  const std::string guide{std::istreambuf_iterator<char>(in), {}};
  for (const Notices::State& state : notices_.read()) {
    EXPECT_THAT(guide, HasSubstr("| `" + state.topic + "` |"));
  }
}

// Whoever runs the show looks the names up there, and builds on them.
TEST_F(ShowTest, CountsUnderNamesThatTheOperatorsGuideTells) {
  std::ifstream in(KEISEI_SOURCE_DIR "/docs/operator.md");
  const std::string guide{std::istreambuf_iterator<char>(in), {}};
  for (const Counters::Family& family : counters_.read()) {
    EXPECT_THAT(guide, HasSubstr("`" + family.name + "`"));
  }
}

}  // namespace
}  // namespace keisei
