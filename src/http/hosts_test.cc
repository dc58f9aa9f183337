#include "http/hosts.h"

#include <gtest/gtest.h>

namespace keisei::http {
namespace {

TEST(Host, ThatIsThisMachineIsAllowed) {
  for (const char* host :
       {"localhost", "localhost:8080", "LOCALHOST", "localhost.", "show.localhost:80"}) {
    EXPECT_TRUE(is_host_allowed(host, {})) << host;
  }
}

TEST(Host, ThatIsAnAddressIsAllowed) {
  for (const char* host : {"127.0.0.1", "192.168.1.5:8080", "[::1]", "[fe80::1]:8080"}) {
    EXPECT_TRUE(is_host_allowed(host, {})) << host;
  }
}

TEST(Host, OnTheListIsAllowedWithAnyPort) {
  const std::vector<std::string> list = {"show.example.org"};
  for (const char* host :
       {"show.example.org", "show.example.org:8080", "Show.Example.ORG", "show.example.org.:80"}) {
    EXPECT_TRUE(is_host_allowed(host, list)) << host;
  }
}

TEST(Host, OfHttp10NeedNotBeThere) { EXPECT_TRUE(is_host_allowed("", {})); }

TEST(Host, OfAnyoneElseIsRefused) {
  const std::vector<std::string> list = {"show.example.org"};
  for (const char* host :
       {"evil.org", "evil.org:8080", "localhost.evil.org", "notlocalhost", "127.0.0.1.evil.org",
        "example.org", "a.show.example.org", "show.example.org.evil.org", "[::1", "[evil.org]", ".",
        ":8080", "0x7f000001", "127.1"}) {
    EXPECT_FALSE(is_host_allowed(host, list)) << host;
  }
}

TEST(Host, OfTheListIsOneThatABrowserMaySend) {
  for (const char* good : {"show.example.org", "showcase", "show_1.local"}) {
    EXPECT_TRUE(check_host(good)) << good;
  }
  for (const char* bad : {"", "show.example.org:8080", "https://show.example.org", "Show.org", "*",
                          ".org", "show.org.", "a b", "*.example.org"}) {
    EXPECT_FALSE(check_host(bad)) << bad;
  }
}

}  // namespace
}  // namespace keisei::http
