#include "redis/address.h"

#include <gmock/gmock.h>

namespace keisei::redis {
namespace {

TEST(Address, HasDefaultsForAllButTheHost) {
  const auto address = parse_address("redis://example.org");
  ASSERT_TRUE(address) << address.error().message;
  EXPECT_EQ(*address, (Address{.host = "example.org"}));
}

TEST(Address, SaysPortAndDatabase) {
  EXPECT_EQ(*parse_address("redis://[::1]:7000/3"),
            (Address{.host = "::1", .port = 7000, .database = 3}));
}

TEST(Address, MayGiveUserAndPassword) {
  EXPECT_EQ(*parse_address("redis://show:a%40b@h"),
            (Address{.host = "h", .user = "show", .password = "a@b"}));
  EXPECT_EQ(*parse_address("redis://:secret@h"), (Address{.host = "h", .password = "secret"}));
}

TEST(Address, IsRefusedWhereItSaysNothingThatExists) {
  for (const char* wrong :
       {"", "redis", "http://h", "rediss://h", "redis://", "redis://h:0", "redis://h:65536",
        "redis://h/-1", "redis://h/x", "redis://h/99999", "redis://h/1?x", "redis://user@h"}) {
    EXPECT_FALSE(parse_address(wrong)) << wrong;
  }
}

TEST(Address, IsShownWithoutThePassword) {
  EXPECT_EQ(to_string(*parse_address("redis://:secret@[::1]:7000/3")), "redis://[::1]:7000/3");
}

}  // namespace
}  // namespace keisei::redis
