#include "studio/maps/activity_map.h"

#include <gmock/gmock.h>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Level;
using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(SeAttention, IsNormalisedAndKeepsTheRawEnds) {
  const auto attention = testing::TrainerGame(1, testing::short_moves()).attention(2);
  const auto map = se_attention(attention, Level::advanced);
  EXPECT_EQ(map.ply, 2);
  EXPECT_EQ(map.weights[40], 1);
  EXPECT_EQ(map.weights[0], 0);
  EXPECT_EQ(map.min, 1);
  EXPECT_EQ(map.max, 3);
}

TEST(SeAttention, HasTheGatesAtTheAdvancedLevelOnly) {
  const auto attention = testing::TrainerGame(1, testing::short_moves()).attention(2);
  EXPECT_THAT(se_attention(attention, Level::advanced).gates, SizeIs(2));
  EXPECT_THAT(se_attention(attention, Level::intermediate).gates, IsEmpty());
}

TEST(SeAttention, IsFlatWhereAllIsEqual) {
  auto attention = testing::TrainerGame(1, testing::short_moves()).attention(2);
  attention.activity.fill(2);
  EXPECT_THAT(se_attention(attention, Level::beginner).weights, ::testing::Each(0));
}

}  // namespace
}  // namespace keisei::studio
