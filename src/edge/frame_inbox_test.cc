#include "edge/frame_inbox.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

namespace keisei::edge {
namespace {

template <class Message>
broker::FrameBatch batch_with(std::string text, broker::Epoch epoch = 1) {
  broker::Frame frame{protocol::message_index<Message>(), {}};
  frame.variants.fill(std::make_shared<const std::string>(std::move(text)));
  return {epoch, {std::make_shared<const broker::Frame>(std::move(frame))}};
}

std::string text_of(const broker::FramePtr& frame) { return *frame->variants[0]; }

TEST(FrameInbox, GivesEveryBatchInItsOrderAndWakesTheEdgeOnce) {
  FrameInbox inbox;
  EXPECT_TRUE(inbox.put(batch_with<protocol::SystemStatus>("1")));
  EXPECT_FALSE(inbox.put(batch_with<protocol::SystemStatus>("2")));
  const auto taken = inbox.take();
  ASSERT_EQ(taken.size(), 2U);
  EXPECT_EQ(text_of(taken[0].frames[0]), "1");
  EXPECT_EQ(text_of(taken[1].frames[0]), "2");
  EXPECT_TRUE(inbox.put(batch_with<protocol::SystemStatus>("3")));
}

TEST(FrameInbox, KeepsOfAnEdgeThatStandsStillTheNewestAndWhatMayNotBeLost) {
  FrameInbox inbox;
  for (int i = 0; i < 10'000; ++i) inbox.put(batch_with<protocol::SystemStatus>(std::to_string(i)));
  inbox.put(batch_with<protocol::MilestoneReached>("first"));
  inbox.put(batch_with<protocol::MilestoneReached>("second"));
  inbox.put(batch_with<protocol::SystemStatus>("newest"));
  const auto taken = inbox.take();
  EXPECT_EQ(taken.size(), FrameInbox::kMostBatches);
  const auto& frames = taken.back().frames;
  ASSERT_EQ(frames.size(), 3U);
  EXPECT_EQ(text_of(frames[0]), "first");
  EXPECT_EQ(text_of(frames[1]), "second");
  EXPECT_EQ(text_of(frames[2]), "newest");
}

TEST(FrameInbox, MixesNoTwoStudios) {
  FrameInbox inbox;
  for (int i = 0; i < 1'000; ++i) inbox.put(batch_with<protocol::SystemStatus>("old", 1));
  inbox.put(batch_with<protocol::GameState>("new", 2));
  const auto taken = inbox.take();
  EXPECT_EQ(taken.back().epoch, 2U);
  EXPECT_EQ(taken.back().frames.size(), 1U);
}

}  // namespace
}  // namespace keisei::edge
