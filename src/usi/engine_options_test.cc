#include "usi/engine_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keisei::usi {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

TEST(EngineOptions, AreOfferedWithTheirDefaultsAndBounds) {
  EngineOptions defaults;
  defaults.nodes = 50;
  defaults.checkpoint = "var/runs/demo";
  const auto lines = option_lines(defaults);
  EXPECT_THAT(lines, Contains("option name Nodes type spin default 50 min 0 max 1000000000"));
  EXPECT_THAT(lines, Contains("option name Checkpoint type filename default var/runs/demo"));
  EXPECT_THAT(lines, Contains("option name USI_Ponder type check default false"));
}

TEST(EngineOptions, WriteAnEmptyTextAsUsiDoes) {
  EXPECT_THAT(option_lines({}), Contains("option name Checkpoint type filename default <empty>"));
  EngineOptions options;
  options.checkpoint = "old";
  ASSERT_TRUE(set_option(options, "Checkpoint", "<empty>"));
  EXPECT_EQ(options.checkpoint, "");
}

TEST(EngineOptions, StayAsTheyWereWhenAValueIsNoGood) {
  EngineOptions options;
  for (const char* value : {"many", "-1", "1.5", "", "99999999999999999999"}) {
    const auto set = set_option(options, "Nodes", value);
    ASSERT_FALSE(set) << value;
    EXPECT_THAT(set.error().message, HasSubstr("Nodes is a number from 0 to"));
  }
  EXPECT_EQ(options.nodes, EngineOptions().nodes);
  EXPECT_EQ(set_option(options, "USI_Ponder", "yes").error().message,
            "USI_Ponder is true or false, not \"yes\"");
}

TEST(EngineOptions, SayWhenThereIsNoneOfThatName) {
  EngineOptions options;
  EXPECT_EQ(set_option(options, "Elo", "3000").error().message, "there is no option \"Elo\"");
}

}  // namespace
}  // namespace keisei::usi
