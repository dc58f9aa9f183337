#include "http/address_limits.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

namespace keisei::http {
namespace {

using namespace std::chrono_literals;

Client at(const std::string& address, bool is_forwarded = false) {
  return {boost::asio::ip::make_address(address), is_forwarded};
}

class AddressLimitsTest : public ::testing::Test {
 protected:
  // Two at once.
  AddressLimits limits_{{.per_second = 1, .burst = 2, .patience = 5}, 3};
  SteadyTime now_{};
};

TEST_F(AddressLimitsTest, LimitEachAddressByItself) {
  EXPECT_TRUE(limits_.take(at("10.0.0.1"), now_));
  EXPECT_TRUE(limits_.take(at("10.0.0.1"), now_));
  EXPECT_FALSE(limits_.take(at("10.0.0.1"), now_));
  EXPECT_TRUE(limits_.take(at("10.0.0.2"), now_));
}

TEST_F(AddressLimitsTest, ForgiveWithTime) {
  for (int i = 0; i < 3; ++i) limits_.take(at("10.0.0.1"), now_);
  EXPECT_TRUE(limits_.take(at("10.0.0.1"), now_ + 3s));
}

TEST_F(AddressLimitsTest, CountANetworkOfIpv6Once) {
  limits_.take(at("2001:db8::1"), now_);
  limits_.take(at("2001:db8::2"), now_);
  EXPECT_FALSE(limits_.take(at("2001:db8::3"), now_));
}

TEST_F(AddressLimitsTest, LeaveThisMachineAlone) {
  for (int i = 0; i < 10; ++i) EXPECT_TRUE(limits_.take(at("127.0.0.1"), now_));
  EXPECT_EQ(limits_.known(), 0u);
}

TEST_F(AddressLimitsTest, LimitWhomAProxyCallsThisMachine) {
  limits_.take(at("127.0.0.1", true), now_);
  limits_.take(at("127.0.0.1", true), now_);
  EXPECT_FALSE(limits_.take(at("127.0.0.1", true), now_));
}

TEST_F(AddressLimitsTest, ForgetWhoHasBeenSilentLongest) {
  for (int i = 0; i < 3; ++i) limits_.take(at("10.0.0.1"), now_);
  limits_.take(at("10.0.0.2"), now_);
  limits_.take(at("10.0.0.3"), now_);
  EXPECT_FALSE(limits_.take(at("10.0.0.1"), now_))
      << "it is known, and now the last to be forgotten";
  limits_.take(at("10.0.0.4"), now_);
  EXPECT_EQ(limits_.known(), 3u);
  EXPECT_FALSE(limits_.take(at("10.0.0.1"), now_));
  for (const char* other : {"10.0.0.5", "10.0.0.6", "10.0.0.7"}) limits_.take(at(other), now_);
  EXPECT_TRUE(limits_.take(at("10.0.0.1"), now_)) << "it has been forgotten";
}

}  // namespace
}  // namespace keisei::http
