#include "protocol/json_writer.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "base/utf8.h"

namespace keisei::protocol {
namespace {

std::string text_of(double value, int digits = 9) {
  std::string out;
  append_number(out, value, digits);
  return out;
}

TEST(JsonWriter, WritesDoublesShort) {
  EXPECT_EQ(text_of(0.25), "0.25");
  EXPECT_EQ(text_of(0.1 + 0.2), "0.3");
  EXPECT_EQ(text_of(-1.0), "-1");
  EXPECT_EQ(text_of(-0.0), "0");
  EXPECT_EQ(text_of(100000.0), "100000");
  EXPECT_EQ(text_of(0.0003), "0.0003");
  EXPECT_EQ(text_of(1e-5), "0.00001");
  EXPECT_EQ(text_of(2.5e-7), "2.5e-07");
  EXPECT_EQ(text_of(1e20), "1e+20");
  EXPECT_EQ(text_of(999.9999999), "1000");
}

TEST(JsonWriter, KeepsTheMicrosecondsOfTimes) {
  EXPECT_EQ(text_of(1763848000.123457, 16), "1763848000.123457");
}

TEST(JsonWriter, WritesAsManyDigitsAsItIsTold) {
  EXPECT_EQ(text_of(static_cast<double>(0.1F), 6), "0.1");
  EXPECT_EQ(text_of(0.123456789, 4), "0.1235");
  EXPECT_EQ(text_of(static_cast<double>(std::nextafter(1.0F, 2.0F)), 6), "1");
  EXPECT_EQ(text_of(12345.678, 4), "12346");
}

TEST(JsonWriter, WritesNullForWhatIsNoNumber) {
  EXPECT_EQ(text_of(std::nan("")), "null");
  EXPECT_EQ(text_of(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(text_of(-std::numeric_limits<double>::infinity(), 4), "null");
}

TEST(JsonWriter, KeepsIntegersWithinADoublesPrecision) {
  std::string out;
  append_integer(out, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(out, "9007199254740992");
}

RC_GTEST_PROP(JsonWriter, LosesNoMoreThanTheLastDigitItIsTold, ()) {
  const int exponent = *rc::gen::inRange(-30, 30);
  const int digits = *rc::gen::inRange(1, 17);
  const double value = *rc::gen::inRange(-1000000, 1000000) / 7.0 * std::pow(10.0, exponent);
  const double read = std::strtod(text_of(value, digits).c_str(), nullptr);
  RC_ASSERT(std::abs(read - value) <= std::abs(value) * 0.51 * std::pow(10.0, 1 - digits));
}

RC_GTEST_PROP(JsonWriter, WritesNoMoreDigitsThanItIsTold, ()) {
  const int digits = *rc::gen::inRange(1, 10);
  const double value = *rc::gen::inRange(-1000000, 1000000) / 7e6;
  const std::string text = text_of(value, digits);
  RC_ASSERT(text.size() <=
            static_cast<std::size_t>(digits) + std::string_view("-0.00000e-05").size());
}

RC_GTEST_PROP(JsonWriter, WritesValidUtf8WhateverComesIn, (const std::string& bytes)) {
  std::string out;
  append_text(out, bytes);
  RC_ASSERT(is_utf8(out));
}

}  // namespace
}  // namespace keisei::protocol
