#include "base/numbers.h"

#include <gtest/gtest.h>

#include <limits>

namespace keisei {
namespace {

constexpr WholeNumber kPort{0, 65535};
constexpr RealNumber kPace{0.05, 60};

TEST(WholeNumber, MayBeAnythingWithinItsBounds) {
  for (const char* good : {"0", "8080", "65535"}) EXPECT_EQ(kPort(good), "") << good;
  EXPECT_EQ((WholeNumber{-1, 1}("-1")), "");
}

TEST(WholeNumber, IsNothingElse) {
  for (const char* bad : {"", "-1", "65536", "18446744073709551617", "8080.0", "8e3", "0x50", "010",
                          "+80", " 80", "80 ", "eighty", "-", "nan"}) {
    EXPECT_EQ(kPort(bad), "must be a whole number from 0 to 65535") << bad;
  }
}

TEST(WholeNumber, SaysNoUpperBoundThatNobodyMeans) {
  EXPECT_EQ((WholeNumber{1, std::numeric_limits<std::int64_t>::max()}("0")),
            "must be a whole number from 1 on");
}

TEST(RealNumber, MayBeAnythingWithinItsBounds) {
  for (const char* good : {"0.05", "3", "6e1", "60"}) EXPECT_EQ(kPace(good), "") << good;
}

TEST(RealNumber, IsNothingElse) {
  for (const char* bad : {"", "0.04", "60.1", "-3", "nan", "-nan", "inf", "-inf", "infinity",
                          "1e999", "0x1p3", "3s", " 3", "three"}) {
    EXPECT_EQ(kPace(bad), "must be a number from 0.05 to 60") << bad;
  }
}

TEST(RealNumber, IsNeverInfiniteHoweverWideItsBounds) {
  const RealNumber any{0, std::numeric_limits<double>::max()};
  EXPECT_EQ(any("1e300"), "");
  EXPECT_EQ(any("inf"), "must be a number from 0 on");
}

}  // namespace
}  // namespace keisei
