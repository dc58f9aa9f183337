#include "past/frame_block.h"

#include <gtest/gtest.h>

namespace keisei::past {
namespace {

TEST(FrameBlock, GivesBackWhatWasPutIn) {
  const std::string json = "{\"text\":\"将棋\\n\"}";
  std::string text;
  append(text, {true, 0, 3, 0b111111, json});
  append(text, {false, 4'000'000'000, 255, 0b000001, ""});
  append(text, {false, 7, 0, 0b010101, json});
  const auto block = pack(1763848000250, text);
  EXPECT_EQ(block->begin, 1763848000250);
  const std::string unpacked = unpack(*block);
  ASSERT_EQ(unpacked, text);
  std::string_view rest = unpacked;
  const auto first = take(rest);
  EXPECT_TRUE(first->is_present);
  EXPECT_EQ(first->message, 3);
  EXPECT_EQ(first->variants, 0b111111);
  EXPECT_EQ(first->json, json);
  const auto second = take(rest);
  EXPECT_FALSE(second->is_present);
  EXPECT_EQ(second->after_ms, 4'000'000'000);
  EXPECT_EQ(second->message, 255);
  EXPECT_EQ(second->json, "");
  EXPECT_EQ(take(rest)->variants, 0b010101);
  EXPECT_FALSE(take(rest).has_value());
}

TEST(FrameBlock, HoldsOnceWhatRepeats) {
  std::string text;
  for (std::uint32_t i = 0; i < 1000; ++i) {
    append(text,
           {false, i, 1, 1, "{\"type\":\"game_state\",\"data\":{\"commentary\":\"the same\"}}"});
  }
  EXPECT_LT(pack(1, text)->packed.size(), text.size() / 10);
}

}  // namespace
}  // namespace keisei::past
