#include "base/utf8.h"

#include <gtest/gtest.h>

namespace keisei {
namespace {

TEST(Utf8, KnowsHowLongACharacterIs) {
  EXPECT_EQ(utf8_length("a"), 1U);
  EXPECT_EQ(utf8_length("é"), 2U);
  EXPECT_EQ(utf8_length("歩"), 3U);
  EXPECT_EQ(utf8_length("😀"), 4U);
  EXPECT_EQ(utf8_length(""), 0U);
}

TEST(Utf8, TakesAnythingWellFormed) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("▲７六歩 ♥ 😀 \xF4\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesWhatIsIllFormed) {
  EXPECT_FALSE(is_utf8("\x80")) << "a continuation alone";
  EXPECT_FALSE(is_utf8("\xC0\xAF")) << "overlong";
  EXPECT_FALSE(is_utf8("\xE0\x80\xAF")) << "overlong";
  EXPECT_FALSE(is_utf8("\xED\xA0\x80")) << "a surrogate";
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80")) << "above U+10FFFF";
  EXPECT_FALSE(is_utf8("\xFF"));
}

TEST(Utf8, RefusesWhatIsCutShort) {
  for (const char* character : {"é", "歩", "😀"}) {
    const std::string_view whole(character);
    for (std::size_t size = 1; size < whole.size(); ++size) {
      EXPECT_FALSE(is_utf8(whole.substr(0, size))) << character << " to " << size;
    }
  }
}

TEST(Utf8Checker, RefusesAtTheFirstByteThatShowsIt) {
  Utf8Checker checker;
  EXPECT_TRUE(checker.feed("\xE6\xAD"));
  EXPECT_FALSE(checker.is_whole());
  EXPECT_TRUE(checker.feed("\xA9 and \xED"));
  EXPECT_FALSE(checker.feed("\xA0")) << "a surrogate already";
}

}  // namespace
}  // namespace keisei
