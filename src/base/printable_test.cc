#include "base/printable.h"

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace keisei {
namespace {

TEST(Printable, LeavesTextInAnyLanguageAsItIs) {
  EXPECT_EQ(printable("７六歩 – \"pawn\" \\ é"), "７六歩 – \"pawn\" \\ é");
}

TEST(Printable, EscapesWhatWouldBeginANewLineOrMoveTheCursor) {
  EXPECT_EQ(printable("a\nb\r\tc\x1b[2Jd\x7f"), "a\\nb\\r\\tc\\x1b[2Jd\\x7f");
  EXPECT_EQ(printable(std::string_view("\0", 1)), "\\x00");
}

TEST(Printable, EscapesTheControlsOfUnicode) {
  EXPECT_EQ(printable("\u0085\u2028\u202e\u2066"),
            "\\xc2\\x85\\xe2\\x80\\xa8\\xe2\\x80\\xae\\xe2\\x81\\xa6");
}

TEST(Printable, EscapesWhatIsNoUtf8) { EXPECT_EQ(printable("a\xff\xc3z"), "a\\xff\\xc3z"); }

TEST(Printable, CutsBetweenCharactersAndSaysSo) {
  for (std::size_t most = 0; most < 40; ++most) {
    const std::string cut = printable("歩歩歩\n\n\n歩歩歩歩", most);
    EXPECT_LE(cut.size(), most);
    EXPECT_TRUE(is_utf8(cut)) << most;
    EXPECT_EQ(cut.ends_with("…"), most >= 3 && most < 27) << most;
  }
  EXPECT_EQ(printable("歩歩歩", 8), "歩…");
  EXPECT_EQ(printable("歩歩歩", 9), "歩歩歩");
}

}  // namespace
}  // namespace keisei
