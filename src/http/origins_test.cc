#include "http/origins.h"

#include <gtest/gtest.h>

namespace keisei::http {
namespace {

TEST(Origin, OfTheSameHostOrThisMachineIsAllowed) {
  EXPECT_TRUE(is_origin_allowed("", "example.org", {})) << "no browser";
  EXPECT_TRUE(is_origin_allowed("https://example.org", "example.org", {}));
  EXPECT_TRUE(is_origin_allowed("http://localhost:5173", "127.0.0.1:8080", {}));
  EXPECT_TRUE(is_origin_allowed("http://[::1]:5173", "127.0.0.1:8080", {}));
  EXPECT_TRUE(is_origin_allowed("https://friend.org", "example.org", {"https://friend.org"}));
}

TEST(Origin, OfAnyoneElseIsRefused) {
  EXPECT_FALSE(is_origin_allowed("https://evil.org", "example.org", {}));
  EXPECT_FALSE(is_origin_allowed("https://localhost.evil.org", "example.org", {}));
  EXPECT_FALSE(is_origin_allowed("https://example.org.evil.org", "example.org", {}));
  EXPECT_FALSE(is_origin_allowed("null", "example.org", {}));
}

}  // namespace
}  // namespace keisei::http
