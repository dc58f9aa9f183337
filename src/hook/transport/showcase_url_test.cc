#include "hook/transport/showcase_url.h"

#include <gtest/gtest.h>

namespace keisei::hook {
namespace {

TEST(ShowcaseUrl, HasHostPortAndTarget) {
  const Result<ShowcaseUrl> url = parse_showcase_url("ws://127.0.0.1:8080/ingest?run=1");
  ASSERT_TRUE(url) << url.error().message;
  EXPECT_EQ(url->host, "127.0.0.1");
  EXPECT_EQ(url->port, "8080");
  EXPECT_EQ(url->target, "/ingest?run=1");
}

TEST(ShowcaseUrl, DefaultsToPort80AndTheRoot) {
  const Result<ShowcaseUrl> url = parse_showcase_url("ws://show.example");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->port, "80");
  EXPECT_EQ(url->target, "/");
}

TEST(ShowcaseUrl, TakesAnIpv6AddressWithoutItsBrackets) {
  EXPECT_EQ(parse_showcase_url("ws://[::1]:8080/ingest")->host, "::1");
}

TEST(ShowcaseUrl, KnowsThatWssIsEncrypted) {
  const Result<ShowcaseUrl> url = parse_showcase_url("wss://show.example/ingest");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->secure);
  EXPECT_EQ(url->port, "443");
  EXPECT_FALSE(parse_showcase_url("ws://show.example")->secure);
}

TEST(ShowcaseUrl, SaysWhatIsWrong) {
  EXPECT_EQ(parse_showcase_url("http://a/").error().message,
            "\"http://a/\" begins with neither ws:// nor wss://");
  EXPECT_EQ(parse_showcase_url("").error().message,
            "\"\" is no URL like ws://127.0.0.1:8080/ingest");
}

}  // namespace
}  // namespace keisei::hook
