#include "protocol/json_writer.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "base/utf8.h"

namespace keisei::protocol {
namespace {

std::string text_of(double value) {
  std::string out;
  append_double(out, value);
  return out;
}

std::string text_of(float value, int digits) {
  std::string out;
  append_float(out, value, digits);
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
  EXPECT_EQ(text_of(1763848000.123457), "1763848000.123457");
}

TEST(JsonWriter, WritesFloatsWithTheDigitsTheyHave) {
  EXPECT_EQ(text_of(0.1F, 6), "0.1");
  EXPECT_EQ(text_of(0.123456789F, 4), "0.1235");
  EXPECT_EQ(text_of(std::nextafter(1.0F, 2.0F), 6), "1");
  EXPECT_EQ(text_of(12345.678F, 4), "12346");
}

TEST(JsonWriter, WritesNullForWhatIsNoNumber) {
  EXPECT_EQ(text_of(std::nan("")), "null");
  EXPECT_EQ(text_of(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(text_of(-std::numeric_limits<float>::infinity(), 4), "null");
}

TEST(JsonWriter, KeepsIntegersWithinADoublesPrecision) {
  std::string out;
  append_integer(out, std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(out, "9007199254740992");
}

RC_GTEST_PROP(JsonWriter, LosesNoMoreThanTheNinthDigit, ()) {
  const int exponent = *rc::gen::inRange(-30, 30);
  const double value = *rc::gen::inRange(-1000000, 1000000) / 7.0 * std::pow(10.0, exponent);
  const double read = std::strtod(text_of(value).c_str(), nullptr);
  RC_ASSERT(std::abs(read - value) <= std::abs(value) * 5e-9);
}

RC_GTEST_PROP(JsonWriter, WritesValidUtf8WhateverComesIn, (const std::string& bytes)) {
  std::string out;
  append_text(out, bytes);
  RC_ASSERT(is_utf8(out));
}

}  // namespace
}  // namespace keisei::protocol
