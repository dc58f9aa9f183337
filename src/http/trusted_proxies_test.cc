#include "http/trusted_proxies.h"

#include <gmock/gmock.h>

namespace keisei::http {
namespace {

boost::asio::ip::address ip(const char* text) { return boost::asio::ip::make_address(text); }

TrustedProxies trusting(const std::vector<std::string>& networks) {
  return TrustedProxies::parse(networks).value();
}

TEST(TrustedProxies, AreNoneUnlessNamed) {
  EXPECT_EQ(TrustedProxies().client_of(ip("10.0.0.7"), "192.0.2.1").address, ip("10.0.0.7"));
  EXPECT_EQ(TrustedProxies().client_of(ip("127.0.0.1"), "192.0.2.1").address, ip("127.0.0.1"));
}

TEST(TrustedProxies, SayWhoIsBehindThem) {
  const auto proxies = trusting({"10.0.0.0/8"});
  EXPECT_EQ(proxies.client_of(ip("10.1.2.3"), "192.0.2.1").address, ip("192.0.2.1"));
  EXPECT_EQ(proxies.client_of(ip("11.1.2.3"), "192.0.2.1").address, ip("11.1.2.3"));
}

TEST(TrustedProxies, AreNotTakenForWhomTheyNameEvenIfItIsTheSame) {
  const auto proxies = trusting({"127.0.0.1"});
  EXPECT_TRUE(proxies.client_of(ip("127.0.0.1"), "127.0.0.1").is_forwarded);
  EXPECT_FALSE(proxies.client_of(ip("127.0.0.1"), "").is_forwarded);
  EXPECT_FALSE(proxies.client_of(ip("192.0.2.1"), "127.0.0.1").is_forwarded);
}

TEST(TrustedProxies, MayStandInARow) {
  const auto proxies = trusting({"10.0.0.0/8", "fd00::/8"});
  EXPECT_EQ(proxies.client_of(ip("10.0.0.1"), "192.0.2.1, fd00::7,10.9.9.9").address,
            ip("192.0.2.1"));
}

TEST(TrustedProxies, DoNotVouchForWhatTheClientWroteItself) {
  const auto proxies = trusting({"10.0.0.1"});
  EXPECT_EQ(proxies.client_of(ip("10.0.0.1"), "198.51.100.1, 192.0.2.1").address, ip("192.0.2.1"));
  EXPECT_EQ(proxies.client_of(ip("10.0.0.1"), "192.0.2.1, nonsense").address, ip("10.0.0.1"));
  EXPECT_EQ(proxies.client_of(ip("10.0.0.1"), "").address, ip("10.0.0.1"));
}

TEST(TrustedProxies, MayNameAPort) {
  const auto proxies = trusting({"10.0.0.1"});
  EXPECT_EQ(proxies.client_of(ip("10.0.0.1"), "192.0.2.1:4711").address, ip("192.0.2.1"));
  EXPECT_EQ(proxies.client_of(ip("10.0.0.1"), "[2001:db8::1]:4711").address, ip("2001:db8::1"));
  EXPECT_EQ(proxies.client_of(ip("10.0.0.1"), "2001:db8::1").address, ip("2001:db8::1"));
}

TEST(TrustedProxies, AreKnownBySocketsForBothKindsOfAddress) {
  const auto proxies = trusting({"10.0.0.0/8"});
  EXPECT_EQ(proxies.client_of(ip("::ffff:10.0.0.1"), "192.0.2.1").address, ip("192.0.2.1"));
  EXPECT_EQ(proxies.client_of(ip("::ffff:192.0.2.9"), "").address, ip("192.0.2.9"));
}

TEST(TrustedProxies, CompareTheBitsOfTheirNetworkOnly) {
  const auto proxies = trusting({"192.168.16.0/20"});
  EXPECT_EQ(proxies.client_of(ip("192.168.31.255"), "192.0.2.1").address, ip("192.0.2.1"));
  EXPECT_EQ(proxies.client_of(ip("192.168.32.0"), "192.0.2.1").address, ip("192.168.32.0"));
}

TEST(TrustedProxies, AreRefusedWhenTheyAreNoNetwork) {
  for (const char* text : {"proxy.example.org", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/8x", ""}) {
    const auto proxies = TrustedProxies::parse({text});
    ASSERT_FALSE(proxies) << text;
    EXPECT_THAT(proxies.error().message, ::testing::HasSubstr("--trusted-proxy"));
  }
}

}  // namespace
}  // namespace keisei::http
