#include "redis/stream.h"

#include <gmock/gmock.h>

namespace keisei::redis {
namespace {

Reply text(std::string text) { return {.kind = Reply::Kind::text, .text = std::move(text)}; }
Reply list(std::vector<Reply> list) { return {.kind = Reply::Kind::list, .list = std::move(list)}; }

TEST(StreamId, HasTwoNumbers) {
  EXPECT_EQ(parse_id("12-3"), (StreamId{12, 3}));
  EXPECT_EQ(parse_id("18446744073709551615-0"), (StreamId{UINT64_MAX, 0}));
}

TEST(StreamId, IsNothingElse) {
  for (const char* wrong :
       {"", "12", "12-", "-3", "12-3-4", "a-1", "1-a", "99999999999999999999-1"}) {
    EXPECT_FALSE(parse_id(wrong)) << wrong;
  }
}

TEST(StreamId, IsOrderedByTheFirstNumberFirst) { EXPECT_LT((StreamId{1, 9}), (StreamId{2, 0})); }

TEST(ParseStreams, FindsEntriesWithTheirFields) {
  const auto streams = parse_streams(
      list({list({text("air"), list({list({text("1-2"), list({text("frames"), text("x")})})})})}));
  ASSERT_TRUE(streams);
  ASSERT_EQ(streams->size(), 1u);
  EXPECT_EQ((*streams)[0].key, "air");
  const Entry& entry = (*streams)[0].entries.at(0);
  EXPECT_EQ(entry.id, "1-2");
  EXPECT_EQ(entry.field("frames"), "x");
  EXPECT_EQ(entry.field("word"), "");
}

TEST(ParseStreams, FindsNothingInNil) { EXPECT_TRUE(parse_streams(Reply{})->empty()); }

TEST(ParseStreams, TakesAnEntryThatHasBeenDeleted) {
  const auto streams =
      parse_streams(list({list({text("in"), list({list({text("1-2"), Reply{}})})})}));
  ASSERT_TRUE(streams);
  EXPECT_TRUE((*streams)[0].entries.at(0).fields.empty());
}

TEST(ParseStreams, RefusesWhatIsNone) {
  EXPECT_FALSE(parse_streams(text("a")));
  EXPECT_FALSE(parse_streams(list({text("a")})));
  EXPECT_FALSE(parse_streams(list({list({text("a"), list({text("b")})})})));
  EXPECT_FALSE(parse_streams(list({list({text("a"), list({list({text("no id"), list({})})})})})));
  EXPECT_FALSE(
      parse_streams(list({list({text("a"), list({list({text("1-1"), list({text("odd")})})})})})));
}

}  // namespace
}  // namespace keisei::redis
