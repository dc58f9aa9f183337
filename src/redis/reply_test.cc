#include "redis/reply.h"

#include <gmock/gmock.h>

namespace keisei::redis {
namespace {

using namespace std::string_view_literals;
using Kind = Reply::Kind;

Reply read(std::string_view bytes) {
  ReplyReader reader;
  reader.feed(bytes);
  auto reply = reader.next();
  EXPECT_TRUE(reply && *reply) << bytes;
  return reply && *reply ? std::move(**reply) : Reply{};
}

TEST(ReplyReader, ReadsEveryKind) {
  EXPECT_EQ(read("+OK\r\n").text, "OK");
  EXPECT_EQ(read("$5\r\na\r\n\0b\r\n"sv).text, "a\r\n\0b"sv);
  EXPECT_EQ(read(":-12\r\n").integer, -12);
  EXPECT_EQ(read("$-1\r\n").kind, Kind::nil);
  EXPECT_EQ(read("*-1\r\n").kind, Kind::nil);
  const Reply error = read("-ERR no\r\n");
  EXPECT_TRUE(error.is_error());
  EXPECT_EQ(error.text, "ERR no");
}

TEST(ReplyReader, ReadsListsInLists) {
  const Reply reply = read("*2\r\n*2\r\n:1\r\n$1\r\na\r\n*0\r\n");
  ASSERT_EQ(reply.list.size(), 2u);
  ASSERT_EQ(reply.list[0].list.size(), 2u);
  EXPECT_EQ(reply.list[0].list[0].integer, 1);
  EXPECT_EQ(reply.list[0].list[1].text, "a");
  EXPECT_EQ(reply.list[1].kind, Kind::list);
}

TEST(ReplyReader, WaitsForTheRestOfAReply) {
  ReplyReader reader;
  std::optional<Reply> found;
  for (const char byte : std::string_view("*2\r\n$3\r\nabc\r\n:7\r\n")) {
    EXPECT_FALSE(found);
    reader.feed(std::string_view(&byte, 1));
    auto next = reader.next();
    ASSERT_TRUE(next);
    found = std::move(*next);
  }
  ASSERT_TRUE(found);
  EXPECT_EQ(found->list[1].integer, 7);
}

TEST(ReplyReader, GivesRepliesOneAfterAnother) {
  ReplyReader reader;
  reader.feed(":1\r\n:2\r\n");
  EXPECT_EQ((*reader.next())->integer, 1);
  EXPECT_EQ((*reader.next())->integer, 2);
  EXPECT_FALSE(*reader.next());
}

TEST(ReplyReader, RefusesWhatNoServerSays) {
  ReplyReader reader;
  reader.feed("HTTP/1.1 400 Bad Request\r\n");
  const auto reply = reader.next();
  ASSERT_FALSE(reply);
  EXPECT_THAT(reply.error().message, ::testing::StartsWith("not what a Redis server says"));
}

TEST(ReplyReader, RefusesAReplyThatIsTooLong) {
  ReplyReader reader({.bytes = 32, .elements = 8});
  reader.feed("$1000\r\n" + std::string(100, 'a'));
  EXPECT_FALSE(reader.next());
}

TEST(ReplyReader, RefusesTooManyElementsBeforeTheyCome) {
  ReplyReader reader({.bytes = 1000, .elements = 8});
  reader.feed("*2\r\n*5\r\n:1\r\n:2\r\n:3\r\n:4\r\n:5\r\n*4\r\n");
  const auto reply = reader.next();
  ASSERT_FALSE(reply);
  EXPECT_THAT(reply.error().message, ::testing::HasSubstr("too many elements"));
}

TEST(ReplyReader, CountsTheElementsOfEachReplyAlone) {
  ReplyReader reader({.bytes = 1000, .elements = 2});
  for (int i = 0; i < 5; ++i) {
    reader.feed("*2\r\n:1\r\n:2\r\n");
    ASSERT_TRUE(reader.next());
  }
}

TEST(EncodeCommand, TakesWordsOfAnyBytes) {
  EXPECT_EQ(encode_command({"SET", "k", "a\r\nb"}),
            "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$4\r\na\r\nb\r\n");
}

}  // namespace
}  // namespace keisei::redis
