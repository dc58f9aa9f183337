#include <gmock/gmock.h>

#include <future>
#include <string>
#include <thread>
#include <vector>

#include "base/notices.h"
#include "base/testing/manual_clock.h"
#include "broker/in_process_broker.h"
#include "control/log.h"
#include "protocol/codec.h"
#include "store/no_store.h"
#include "studio/content/content.h"
#include "studio/programme.h"
#include "studio/studio_loop.h"

namespace keisei {
namespace {

using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::Not;

// The studio, told by a trainer, and the log that its notices go to.
class ShowsLogTest : public ::testing::Test {
 protected:
  ShowsLogTest() {
    thread_ = std::thread([this] { studio_.run(); });
    tell(broker::TrainerOpened{1});
    protocol::RunStarted run{};
    run.run_id = "run";
    run.name = "x\n2026-11-28T06:15:00.000Z info show: all is well";
    run.environments = 1;
    tell(broker::Telemetry{1, protocol::encode(run, 1, 1)});
  }
  ~ShowsLogTest() override {
    studio_.stop();
    thread_.join();
  }

  // Until the studio has taken it.
  void tell(broker::Input input) {
    std::promise<void> answered;
    broker_.submit(std::move(input), [&](const broker::Answer&) { answered.set_value(); });
    answered.get_future().wait();
  }

  studio::Content content_ = studio::Content::load(KEISEI_SOURCE_DIR "/content").value();
  ManualClock clock_;
  std::vector<std::string> lines_;
  control::Log log_{control::Log::Form::text, clock_, [this](std::string_view line) {
                      lines_.emplace_back(line);
                      return true;
                    }};
  Notices notices_{clock_, [this](const Notices::Notice& notice) { log_.write(notice); }};
  Counters counters_;
  broker::InProcessBroker broker_{counters_};
  store::NoStore no_store_;
  studio::StudioLoop studio_{
      broker_, no_store_, studio::programme(content_, no_store_, clock_, {}, counters_, notices_),
      clock_, notices_};
  std::thread thread_;
};

TEST_F(ShowsLogTest, GetsNoLineThatATrainerMakesUp) {
  const std::string forged = R"(a\n2026-11-28T06:15:00.000Z info show: all is well)";
  tell(broker::Telemetry{1, R"({"type":")" + forged + R"(","timestamp":1,"seq":2,"data":{}})"});
  clock_.pass(std::chrono::minutes(2));
  tell(broker::Telemetry{
      1, R"({"type":"heartbeat","timestamp":1,"seq":3,"data":{")" + forged + R"(":1}})"});
  ASSERT_FALSE(lines_.empty());
  for (const std::string& line : lines_) {
    EXPECT_EQ(line.find('\n'), line.size() - 1) << line;
  }
  EXPECT_THAT(lines_, Each(Not(HasSubstr("Z info show: all is well\n2"))));
}

}  // namespace
}  // namespace keisei
