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

TEST(Origin, OfTheListIsOneThatABrowserMaySend) {
  for (const char* good : {"https://example.org", "http://10.0.0.2:8000", "http://[::1]:8080",
                           "https://example.org:8443"}) {
    EXPECT_TRUE(check_origin(good)) << good;
  }
  for (const char* bad :
       {"", "example.org", "https://", "://example.org", "https://example.org/", "null", "*",
        "https://Example.org", "https://example.org:443", "http://example.org:80",
        "https://a.org b.org", "https://me@example.org", "https://*.example.org/?"}) {
    EXPECT_FALSE(check_origin(bad)) << bad;
  }
}

}  // namespace
}  // namespace keisei::http
