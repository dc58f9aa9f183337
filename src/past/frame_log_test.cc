#include "past/frame_log.h"

#include <gmock/gmock.h>
#include <malloc.h>

#include <atomic>
#include <thread>

#include "past/past_test_kit.h"

namespace keisei::past {
namespace {

using ::testing::ElementsAre;
using testing::game;
using ::testing::HasSubstr;
using testing::history;
using testing::milestone;
using ::testing::Not;
using testing::status;
using testing::told;
using ::testing::UnorderedElementsAre;

class FrameLogTest : public ::testing::Test {
 protected:
  void show(std::vector<broker::FramePtr> frames) { log_.add({epoch_, std::move(frames)}); }
  std::vector<std::string> read(PastQuestion question) {
    const auto lines = log_.read(question);
    EXPECT_TRUE(lines.has_value()) << lines.error().message;
    return told(lines.value_or(""));
  }
  std::vector<std::string> read(double from, double to) { return read({.from = from, .to = to}); }

  broker::Epoch epoch_ = 1;
  FrameLog log_{FrameLogOptions{.block = std::chrono::seconds(20)}};
};

TEST_F(FrameLogTest, HasNoRangeBeforeTheFirstFrame) {
  EXPECT_FALSE(log_.range().has_value());
  EXPECT_EQ(log_.read({.from = 1, .to = 2}).error().code, ErrorCode::unavailable);
}

TEST_F(FrameLogTest, SaysFromWhenToWhenItKnows) {
  show({game(100, 1)});
  show({game(130.5, 2)});
  show({status(131, 3)});
  EXPECT_EQ(log_.range()->from, 100);
  EXPECT_EQ(log_.range()->to, 131);
}

TEST_F(FrameLogTest, GivesWhatWasOnAirAndThenWhatCame) {
  show({game(100, 1), status(100, 5), milestone(100, "horse")});
  show({game(103, 2)});
  show({milestone(105, "dragon"), game(105, 3)});
  show({game(109, 4)});
  EXPECT_THAT(read(103, 105), ElementsAre("game 2", "viewers 5", "milestone dragon", "game 3"));
  EXPECT_THAT(read(104, 104), UnorderedElementsAre("game 2", "viewers 5"));
}

TEST_F(FrameLogTest, GivesEveryMessageOnceToWhoeverAsksOnFromWhereTheyWere) {
  std::vector<std::string> expected;
  for (int second = 0; second < 100; ++second) {
    show({game(100 + second, second)});
    show({milestone(100.5 + second, std::to_string(second))});
    expected.push_back("game " + std::to_string(second));
    expected.push_back("milestone " + std::to_string(second));
  }
  std::vector<std::string> all = read({.from = 100, .to = 107.25});
  for (int i = 1; i <= 13; ++i) {
    const double from = 100 + 7.25 * i;
    for (auto& one : read({.from = from, .to = from + 7.25, .with_present = false})) {
      all.push_back(std::move(one));
    }
  }
  EXPECT_EQ(all, expected);
}

// A thousand turns a second, and one who asks after each: no moment is of two batches.
TEST_F(FrameLogTest, GivesEveryMessageOnceHoweverFastTheyCome) {
  std::vector<std::string> all;
  double from = 0;
  for (int i = 0; i < 100; ++i) {
    show({game(100 + 0.0003 * i, i), milestone(100 + 0.0003 * i, std::to_string(i))});
    const double to = log_.range()->to;
    const bool is_first = i == 0;
    for (auto& one : read({.from = is_first ? to : from, .to = to, .with_present = is_first})) {
      all.push_back(std::move(one));
    }
    from = to;
  }
  ASSERT_EQ(all.size(), 199U) << "what was on air at first, and two of each other batch";
  EXPECT_EQ(all.front(), "game 0");
  EXPECT_EQ(all.back(), "milestone 99");
}

TEST_F(FrameLogTest, KnowsAtEveryMomentWhatWasOnAir) {
  show({status(100, 5)});
  for (int second = 0; second < 100; ++second) show({game(100 + second, second)});
  for (int second = 0; second < 99; ++second) {
    EXPECT_THAT(read(100.5 + second, 100.5 + second),
                UnorderedElementsAre("game " + std::to_string(second), "viewers 5"));
  }
}

TEST_F(FrameLogTest, KnowsWhatWasOnAirWhereverABlockBegins) {
  show({game(100, 1)});
  show({status(105, 5)});
  show({game(121, 2)});
  show({status(121, 6)});
  EXPECT_THAT(read(121, 121), UnorderedElementsAre("game 2", "viewers 5"));
  EXPECT_THAT(read(121.001, 121.001), UnorderedElementsAre("game 2", "viewers 6"));
  show({game(142, 3)});
  EXPECT_THAT(read(142, 142), UnorderedElementsAre("game 3", "viewers 6"));
}

TEST_F(FrameLogTest, GivesTheFormThatIsAskedFor) {
  show({game(100, 1), status(100, 5)});
  const auto lines = log_.read({.from = 100,
                                .to = 100,
                                .level = protocol::Level::beginner,
                                .language = protocol::Language::ja});
  EXPECT_THAT(*lines, HasSubstr(R"("commentary":"beginner ja")"));
  EXPECT_THAT(*lines, HasSubstr(R"("viewers":5)"));
  EXPECT_THAT(*lines, Not(HasSubstr("intermediate")));
}

TEST_F(FrameLogTest, GivesTheChannelsThatAreAskedFor) {
  show({game(100, 1), status(100, 5)});
  show({game(101, 2), milestone(101, "horse"), status(101, 6)});
  PastQuestion question{.from = 100, .to = 101};
  question.channels = {};
  question.channels.add(protocol::Channel::game);
  EXPECT_THAT(read(question), ElementsAre("game 1", "game 2"));
}

TEST_F(FrameLogTest, GivesWhatViewersGetOnJoiningWithTheRest) {
  show({history(100, "run"), game(100, 1)});
  show({history(111, "later"), game(111, 2)});
  show({game(125, 3)});
  EXPECT_THAT(read(125, 125), UnorderedElementsAre("history of later", "game 3"));
  EXPECT_THAT(read({.from = 105, .to = 125, .with_present = false}),
              ElementsAre("game 2", "game 3"));
}

TEST_F(FrameLogTest, KeepsNothingForOneViewerAndNothingThatAReplaySaysOfItself) {
  broker::Frame reply = *milestone(100, "for one");
  reply.message = protocol::message_index<protocol::ErrorMessage>();
  reply.viewer = "c0ffee";
  show({std::make_shared<const broker::Frame>(reply), testing::alike(100, protocol::Replay{})});
  EXPECT_FALSE(log_.range().has_value());
}

TEST_F(FrameLogTest, ForgetsTheShowOfAnotherStudio) {
  show({game(100, 1), status(100, 5)});
  epoch_ = 2;
  show({game(50, 7)});
  EXPECT_EQ(log_.range()->from, 50);
  EXPECT_THAT(read(50, 50), ElementsAre("game 7"));
}

TEST_F(FrameLogTest, StandsNearlyStillWhileAClockThatWasSetBackCatchesUp) {
  show({game(100, 1)});
  show({game(40, 2), game(90, 3)});
  show({game(101, 4)});
  EXPECT_EQ(log_.range()->to, 101);
  EXPECT_THAT(read(100, 101), ElementsAre("game 1", "game 2", "game 3", "game 4"));
}

TEST_F(FrameLogTest, RefusesWhatItDoesNotKnow) {
  show({game(100, 1)});
  show({game(110, 2)});
  for (const double from : {99.9, 110.1}) {
    const auto lines = log_.read({.from = from, .to = from + 1});
    ASSERT_FALSE(lines.has_value());
    EXPECT_EQ(lines.error().code, ErrorCode::unavailable);
    EXPECT_EQ(lines.error().field, "from");
  }
  EXPECT_THAT(read(110, 160), ElementsAre("game 2")) << "up to now";
}

TEST(FrameLog, ForgetsTheOldestBeyondItsBound) {
  FrameLog log({.most_bytes = 20'000, .block = std::chrono::seconds(20)});
  for (int second = 0; second < 20'000; ++second) log.add({1, {game(100 + second, second)}});
  EXPECT_LE(log.bytes(), 20'000U);
  EXPECT_GT(log.bytes(), 10'000U);
  EXPECT_GT(log.range()->from, 1000);
  EXPECT_EQ(log.range()->to, 20'099);
  const auto oldest = log.read({.from = log.range()->from, .to = log.range()->from});
  ASSERT_TRUE(oldest.has_value());
  EXPECT_THAT(told(*oldest), ::testing::SizeIs(1));
}

// Each batch closes a block and begins one: a reader must find every moment in the one or the
// other.
TEST(FrameLog, LosesNoMomentToAReaderWhileABlockIsClosed) {
  FrameLog log({.most_block_bytes = 1});
  log.add({1, {game(100, 0)}});
  std::atomic<bool> is_done = false;
  int read = 0;
  int empty = 0;
  std::thread reader([&] {
    while (!is_done) {
      const double now = log.range()->to;
      const auto lines = log.read({.from = now, .to = now});
      ++read;
      if (!lines || lines->empty()) ++empty;
    }
  });
  for (int i = 1; i < 3'000; ++i) log.add({1, {game(100 + i * 0.01, i)}});
  is_done = true;
  reader.join();
  EXPECT_GT(read, 0);
  EXPECT_EQ(empty, 0) << "of " << read;
}

// Sanitizers count nothing here.
TEST(FrameLog, TakesNoMoreMemoryAfterABusyBlock) {
  const auto in_use = [] {
    const struct mallinfo2 info = ::mallinfo2();
    return static_cast<std::int64_t>(info.uordblks + info.hblkhd);
  };
  FrameLog log({});
  log.add({1, {game(100, 1)}});
  const auto before = in_use();
  for (int i = 0; i < 60; ++i) {
    protocol::MilestoneReached much{};
    much.milestone.text = std::string(60'000, 'x');
    log.add({1, {testing::alike(101 + i * 0.1, much)}});
  }
  log.add({1, {game(130, 2)}});
  log.add({1, {game(160, 3)}});
  EXPECT_LT(in_use() - before, 1'000'000);
}

TEST(FrameLog, RefusesToGiveMoreThanItMay) {
  FrameLog log({.block = std::chrono::seconds(20)});
  protocol::MilestoneReached much{};
  much.milestone.text = std::string(60'000, 'x');
  for (int i = 0; i < 300; ++i) log.add({1, {testing::alike(100 + i * 0.1, much)}});
  EXPECT_EQ(log.read({.from = 100, .to = 130}).error().code, ErrorCode::too_large);
  EXPECT_TRUE(log.read({.from = 100, .to = 101}).has_value());
}

}  // namespace
}  // namespace keisei::past
