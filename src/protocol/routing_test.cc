#include "protocol/routing.h"

#include <gtest/gtest.h>

#include <array>

namespace keisei::protocol {
namespace {

TEST(Routing, GivesEveryLevelAndLanguageAVariantOfItsOwn) {
  std::array<bool, kVariants> used{};
  for (const Level level : enumerators<Level>()) {
    for (const Language language : enumerators<Language>()) {
      const std::size_t index = variant_index(level, language);
      ASSERT_LT(index, kVariants);
      EXPECT_FALSE(used[index]);
      used[index] = true;
    }
  }
}

TEST(Routing, FindsAMessagesRowByItsStruct) {
  const MessageRow& row = kMessageTable[message_index<SeAttention>()];
  EXPECT_EQ(row.type, "se_attention");
  EXPECT_EQ(row.route.channel, Channel::attention);
  EXPECT_EQ(row.route.delivery, Delivery::newest);
  EXPECT_EQ(row.route.audience, Audience::viewers);
}

TEST(Routing, GivesEveryNewestOnlyMessageASlotOfItsOwn) {
  std::array<bool, kSlots> used{};
  for (std::size_t message = 0; message < kMessageTable.size(); ++message) {
    if (!is_newest_only(message)) continue;
    const std::size_t slot = slot_of(message);
    ASSERT_LT(slot, kSlots);
    EXPECT_FALSE(used[slot]) << kMessageTable[message].type;
    used[slot] = true;
  }
}

TEST(Routing, KeepsTheNewestOfWhatIsGivenOnJoining) {
  constexpr std::size_t kHistory = message_index<MetricsHistory>();
  EXPECT_EQ(kMessageTable[kHistory].route.delivery, Delivery::on_joining);
  EXPECT_TRUE(is_for_joining(kHistory));
  EXPECT_TRUE(is_newest_only(kHistory));
  EXPECT_EQ(kJoiningSlots, SlotMask{1} << slot_of(kHistory));
  EXPECT_FALSE(is_for_joining(message_index<PpoMetrics>()));
  EXPECT_FALSE(is_newest_only(message_index<ErrorMessage>()));
}

TEST(Routing, ListsTheChannelsThatSomethingIsSentOn) {
  const ChannelMask sent = sent_channels();
  for (const Channel channel : {Channel::metrics, Channel::attention, Channel::predictions,
                                Channel::game, Channel::milestones, Channel::system}) {
    EXPECT_TRUE(sent.has(channel)) << to_string(channel);
  }
  EXPECT_FALSE(sent.has(Channel::education));
  EXPECT_FALSE(sent.has(Channel::community));
}

TEST(ChannelMask, HoldsEveryChannel) {
  ChannelMask mask;
  EXPECT_TRUE(mask.empty());
  for (const Channel channel : enumerators<Channel>()) {
    EXPECT_FALSE(mask.has(channel));
    mask.add(channel);
    EXPECT_TRUE(mask.has(channel));
  }
  EXPECT_EQ(mask, ChannelMask::all());
}

TEST(ChannelMask, TakesAViewersWishes) {
  ChannelMask mask;
  mask.add(ChannelWish::game);
  mask.add(ChannelWish::system);
  EXPECT_EQ(mask.channels(), (std::vector{Channel::game, Channel::system}));
  mask.add(ChannelWish::all);
  EXPECT_EQ(mask, ChannelMask::all());
}

}  // namespace
}  // namespace keisei::protocol
