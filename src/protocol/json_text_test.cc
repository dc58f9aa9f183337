#include "protocol/json_text.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>

namespace keisei::protocol {
namespace {

std::string written(const std::string& json) { return json_text(boost::json::parse(json)); }

TEST(JsonText, PutsWhatIsShortOnOneLine) {
  EXPECT_EQ(written(R"({"b":[1,true,null],"a":{}})"), R"({"b": [1, true, null], "a": {}})"
                                                      "\n");
}

TEST(JsonText, PutsEachEntryOfWhatIsLongOnALineOfItsOwn) {
  const std::string words(60, 'x');
  EXPECT_EQ(written("{\"a\":[\"" + words + "\"],\"b\":\"" + words + "\"}"),
            "{\n  \"a\": [\"" + words + "\"],\n  \"b\": \"" + words + "\"\n}\n");
}

TEST(JsonText, WritesNumbersAsTheyAreRead) {
  EXPECT_EQ(written("[0.25,-9007199254740992,253402300799]"),
            "[0.25, -9007199254740992, 253402300799]\n");
}

TEST(JsonText, IsReadAsTheSame) {
  const auto json = boost::json::parse(R"({"text":"\"\\\né歩","deep":[[[{"a":[]}]]]})");
  EXPECT_EQ(boost::json::parse(json_text(json)), json);
}

}  // namespace
}  // namespace keisei::protocol
