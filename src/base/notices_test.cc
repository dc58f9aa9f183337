#include "base/notices.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "base/testing/manual_clock.h"

namespace keisei {
namespace {

using namespace std::chrono_literals;

class NoticesTest : public testing::Test {
 protected:
  ManualClock clock_;
  std::vector<std::string> told_;
  Notices notices_{clock_,
                   [this](const Notices::Notice& notice) { told_.push_back(line_of(notice)); }};
  Topic& link_ = notices_.topic("link", "the link");
};

TEST_F(NoticesTest, TellsOnceWhenSomethingStopsAndOnceWhenItWorksAgain) {
  link_.works();
  for (int i = 0; i < 1000; ++i) link_.fails("refused");
  for (int i = 0; i < 1000; ++i) link_.works();
  EXPECT_EQ(told_, (std::vector<std::string>{"the link: stopped working: refused",
                                             "the link: works again (was: refused)"}));
}

TEST_F(NoticesTest, TellsAnotherReasonAtMostOnceAMinute) {
  link_.fails("refused");
  clock_.pass(59s);
  link_.fails("no such host");
  clock_.pass(1s);
  link_.fails("no such host");
  link_.fails("refused");
  EXPECT_EQ(told_, (std::vector<std::string>{"the link: stopped working: refused",
                                             "the link: stopped working: no such host"}));
}

TEST_F(NoticesTest, TellsEveryFailureOfItsOwnWhenTheyAreFew) {
  for (int i = 0; i < 3; ++i) {
    link_.fails("refused");
    link_.works();
  }
  EXPECT_EQ(told_.size(), 6U);
  EXPECT_EQ(notices_.read().at(0).failures, 3U);
}

TEST_F(NoticesTest, SumsUpWhatComesAndGoes) {
  for (int i = 0; i < 1000; ++i) {
    link_.fails("refused");
    link_.works();
  }
  EXPECT_EQ(told_.size(), 6U);
  clock_.pass(1min);
  link_.works();
  ASSERT_EQ(told_.size(), 7U);
  EXPECT_EQ(told_.back(), "the link: works again (was: refused) (stopped 997 times)");
  link_.works();
  EXPECT_EQ(told_.size(), 7U);
}

TEST_F(NoticesTest, SaysOfWhatComesAndGoesHowItStandsInTheEnd) {
  for (int i = 0; i < 10; ++i) {
    link_.fails("refused");
    link_.works();
  }
  link_.fails("refused");
  clock_.pass(1min);
  notices_.check();
  EXPECT_EQ(told_.back(), "the link: stopped working: refused (8 times)");
}

TEST_F(NoticesTest, TellsASumThatWaitsWhenItIsAskedTo) {
  link_.happened("game 1 is broken");
  link_.happened("game 2 is broken", 10);
  notices_.check();
  EXPECT_EQ(told_.size(), 1U);
  clock_.pass(1min);
  notices_.check();
  notices_.check();
  EXPECT_EQ(told_, (std::vector<std::string>{"the link: game 1 is broken",
                                             "the link: game 2 is broken (10 times)"}));
}

TEST_F(NoticesTest, TellsAllThatWaitsBeforeTheEnd) {
  link_.happened("game 1 is broken");
  link_.happened("256 games are lost", 256);
  notices_.settle();
  notices_.settle();
  EXPECT_EQ(told_, (std::vector<std::string>{"the link: game 1 is broken",
                                             "the link: 256 games are lost (256 times)"}));
}

TEST_F(NoticesTest, SumsUpWhatHappensOften) {
  link_.happened("game 1 is broken");
  link_.happened("game 2 is broken", 10);
  clock_.pass(1min);
  link_.happened("game 3 is broken");
  EXPECT_EQ(told_, (std::vector<std::string>{"the link: game 1 is broken",
                                             "the link: game 3 is broken (11 times)"}));
  EXPECT_EQ(notices_.read().at(0).happenings, 12U);
}

TEST_F(NoticesTest, ReadsHowItStandsWithEveryTopic) {
  Topic& disk = notices_.topic("disk", "the disk");
  EXPECT_EQ(&disk, &notices_.topic("disk", "the disk"));
  clock_.pass(5s);
  disk.fails("full");
  const std::vector<Notices::State> states = notices_.read();
  ASSERT_EQ(states.size(), 2U);
  EXPECT_EQ(states[0].topic, "link");
  EXPECT_FALSE(states[0].failing);
  EXPECT_TRUE(states[1].failing);
  EXPECT_EQ(states[1].reason, "full");
  EXPECT_EQ(states[1].since, clock_.wall());
}

TEST_F(NoticesTest, CannotBeMadeToForgeALine) {
  link_.fails("field \"a\nb\"" + std::string(5000, 'x'));
  ASSERT_EQ(told_.size(), 1U);
  EXPECT_EQ(told_[0].find('\n'), std::string::npos);
  EXPECT_LT(told_[0].size(), 600U);
}

TEST_F(NoticesTest, CanBeToldFromManyThreads) {
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) {
        link_.fails("refused");
        link_.works();
        link_.happened("lost");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  const Notices::State state = notices_.read().at(0);
  EXPECT_EQ(state.happenings, 4000U);
  EXPECT_FALSE(state.failing);
}

}  // namespace
}  // namespace keisei
