#include "control/log.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <thread>
#include <vector>

#include "base/testing/manual_clock.h"

namespace keisei::control {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

class LogTest : public ::testing::Test {
 protected:
  std::string text(std::string_view message) {
    Log log(Log::Form::text, clock_, writer());
    log.write(Severity::warning, "show", message);
    return lines_.back();
  }
  boost::json::object json(std::string_view message) {
    Log log(Log::Form::json, clock_, writer());
    log.write(Severity::warning, "show", message);
    return boost::json::parse(lines_.back()).as_object();
  }
  Log::Writer writer() {
    return [this](std::string_view line) {
      if (is_taken_) lines_.emplace_back(line);
      return is_taken_;
    };
  }

  ManualClock clock_;
  std::vector<std::string> lines_;
  bool is_taken_ = true;
};

TEST_F(LogTest, SaysWhenHowGraveAboutWhatAndWhat) {
  clock_.pass(std::chrono::milliseconds(62'003));
  EXPECT_EQ(text("it begins"), "2024-10-04T00:01:02.003Z warning show: it begins\n");
}

TEST_F(LogTest, WritesTheSameAsAnObject) {
  EXPECT_EQ(json("it begins"), (boost::json::object{{"time", "2024-10-04T00:00:00.000Z"},
                                                    {"level", "warning"},
                                                    {"topic", "show"},
                                                    {"message", "it begins"}}));
}

// A field's name, a viewer's word, an error of another program: whatever it is made of.
TEST_F(LogTest, CannotBeMadeToSayALineMore) {
  const std::string forged = "x\n2024-10-04T00:00:00.000Z info show: all is well\r\x1b[2J\xc2\x85";
  text(forged);
  json(forged);
  for (const std::string& line : lines_) {
    EXPECT_THAT(line, EndsWith("\n"));
    EXPECT_TRUE(std::all_of(line.begin(), line.end() - 1, [](char c) { return c >= ' '; })) << line;
  }
}

TEST_F(LogTest, AddsNoMemberThatAMessageMakesUp) {
  const auto object = json(R"(x","level":"info)");
  EXPECT_EQ(object.at("level"), "warning");
  EXPECT_EQ(object.size(), 4u);
}

TEST_F(LogTest, KeepsALineShortHoweverLongTheMessage) {
  EXPECT_LT(text(std::string(1'000'000, 'x')).size(), 4096u);
}

TEST_F(LogTest, TellsNotices) {
  Log log(Log::Form::text, clock_, writer());
  Notices notices(clock_, [&](const Notices::Notice& notice) { log.write(notice); });
  Topic& link = notices.topic("trainer_link", "the trainer's connection");
  link.fails("401");
  link.works();
  EXPECT_THAT(lines_,
              ElementsAre(HasSubstr(" warning trainer_link: the trainer's connection: stopped "),
                          HasSubstr(" info trainer_link: the trainer's connection: works again")));
}

TEST_F(LogTest, TellsNoticesInTheirParts) {
  Log log(Log::Form::json, clock_, writer());
  Notices notices(clock_, [&](const Notices::Notice& notice) { log.write(notice); });
  notices.topic("games", "games").happened("game 7 is broken", 3);
  const auto object = boost::json::parse(lines_.at(0)).as_object();
  EXPECT_EQ(object.at("topic"), "games");
  EXPECT_EQ(object.at("kind"), "happened");
  EXPECT_EQ(object.at("what"), "games");
  EXPECT_EQ(object.at("reason"), "game 7 is broken");
  EXPECT_EQ(object.at("times").as_int64(), 3);
}

TEST_F(LogTest, SaysHowManyLinesNobodyTook) {
  Log log(Log::Form::text, clock_, writer());
  is_taken_ = false;
  for (int i = 0; i < 3; ++i) log.write(Severity::info, "show", "unheard");
  is_taken_ = true;
  log.write(Severity::info, "show", "heard");
  log.write(Severity::info, "show", "heard");
  EXPECT_THAT(lines_, ElementsAre(HasSubstr(" warning log: 3 lines "), HasSubstr("heard"),
                                  HasSubstr("heard")));
}

TEST_F(LogTest, WaitsForNobodyToEmptyAPipe) {
  std::array<int, 2> pipe{};
  ASSERT_EQ(::pipe2(pipe.data(), O_CLOEXEC), 0);
  const Log::Writer write = Log::to(pipe[1]);
  const std::string line = std::string(1000, 'x') + "\n";
  int taken = 0;
  while (write(line)) ++taken;
  EXPECT_GT(taken, 10);
  std::string read(8192, '\0');
  ASSERT_EQ(::read(pipe[0], read.data(), read.size()), 8192);
  EXPECT_TRUE(write(line));
  ::close(pipe[0]);
  ::close(pipe[1]);
}

TEST_F(LogTest, WritesWholeLinesFromManyThreads) {
  Log log(Log::Form::text, clock_, writer());
  const auto say = [&] {
    for (int i = 0; i < 1000; ++i) log.write(Severity::info, "show", "a line");
  };
  std::thread other(say);
  say();
  other.join();
  EXPECT_EQ(lines_.size(), 2000u);
}

}  // namespace
}  // namespace keisei::control
