#include "http/reachable.h"

#include <gtest/gtest.h>

namespace keisei::http {
namespace {

TEST(Reachable, IsTheAddressThatIsListenedOn) {
  for (const char* bind : {"127.0.0.1", "192.0.2.7", "::1", "fd00::1", "no address"}) {
    EXPECT_EQ(reachable_host(bind), bind);
  }
}

TEST(Reachable, IsThisMachineWhereAllAddressesAreListenedOn) {
  EXPECT_EQ(reachable_host("0.0.0.0"), "127.0.0.1");
  EXPECT_EQ(reachable_host("::"), "::1");
  EXPECT_EQ(reachable_host("0:0::0"), "::1");
}

TEST(Authority, PutsIPv6IntoBrackets) {
  EXPECT_EQ(authority("127.0.0.1", 8080), "127.0.0.1:8080");
  EXPECT_EQ(authority("example.org", 80), "example.org:80");
  EXPECT_EQ(authority("::1", 8080), "[::1]:8080");
}

}  // namespace
}  // namespace keisei::http
