#include "usi/go_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keisei::usi {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(GoCommand, ReadsTheClocksOfBothSides) {
  const GoCommand go = read_go(Words("btime 60000 wtime 50000 binc 100 winc 200 byoyomi 3000"));
  EXPECT_EQ(go.times.black, milliseconds(60'000));
  EXPECT_EQ(go.times.white, milliseconds(50'000));
  EXPECT_EQ(go.times.black_increment, milliseconds(100));
  EXPECT_EQ(go.times.white_increment, milliseconds(200));
  EXPECT_EQ(go.times.byoyomi, milliseconds(3'000));
  EXPECT_THAT(go.complaints, IsEmpty());
}

TEST(GoCommand, TakesAClockThatRanBelowZeroForOneThatIsEmpty) {
  EXPECT_EQ(read_go(Words("btime -20")).times.black, milliseconds(0));
}

TEST(GoCommand, ReadsAMateWithAndWithoutALimit) {
  const GoCommand limited = read_go(Words("mate 1000")), endless = read_go(Words("mate infinite"));
  EXPECT_TRUE(limited.mate && endless.mate);
  EXPECT_EQ(limited.times.move_time, milliseconds(1'000));
  EXPECT_EQ(endless.times.move_time, std::nullopt);
}

TEST(GoCommand, LeavesOutWhatItDoesNotUnderstandAndSaysSo) {
  const GoCommand go = read_go(Words("byoyomi soon nodes 3"));
  EXPECT_THAT(go.complaints, ElementsAre(HasSubstr("a number follows byoyomi, not \"soon\""),
                                         HasSubstr("\"soon\" is not understood")));
  EXPECT_EQ(go.nodes, 3U);
}

}  // namespace
}  // namespace keisei::usi
