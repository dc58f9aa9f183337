#include "redis/frame_codec.h"

#include <gmock/gmock.h>

#include "broker/broker_test_kit.h"

namespace keisei::redis {
namespace {

using broker::Frame;
using broker::FramePtr;
using namespace broker::testing;

FramePtr with_variants(const std::vector<std::string>& texts) {
  Frame frame{protocol::message_index<protocol::GameState>(), {}};
  for (std::size_t i = 0; i < frame.variants.size(); ++i) {
    frame.variants[i] = std::make_shared<const std::string>(texts[i % texts.size()]);
  }
  return std::make_shared<const Frame>(std::move(frame));
}

std::string bytes_of(const FramePtr& frame) { return encode_frames({frame}).bytes; }

TEST(FrameCodec, BringsFramesInTheirOrder) {
  const auto decoded =
      decode_frames(encode_frames({game("a"), reply("b", "c0ffee"), status("c")}).bytes);
  ASSERT_TRUE(decoded) << decoded.error().message;
  ASSERT_EQ(decoded->frames.size(), 3u);
  EXPECT_EQ(*decoded->frames[0]->variants[0], "a");
  EXPECT_EQ(decoded->frames[1]->viewer, "c0ffee");
  EXPECT_EQ(decoded->frames[1]->message, protocol::message_index<protocol::ErrorMessage>());
  EXPECT_EQ(*decoded->frames[2]->variants[5], "c");
}

TEST(FrameCodec, BringsEveryVariant) {
  const FramePtr sent = with_variants({"1", "2", "3", "4", "5", "6"});
  const auto decoded = decode_frames(bytes_of(sent));
  ASSERT_TRUE(decoded);
  for (std::size_t i = 0; i < sent->variants.size(); ++i) {
    EXPECT_EQ(*decoded->frames[0]->variants[i], *sent->variants[i]);
  }
}

TEST(FrameCodec, SendsATextOnceHoweverManyVariantsShareIt) {
  const std::string text(1000, 'x');
  EXPECT_LT(bytes_of(with_variants({text})).size(), 1100u);
}

TEST(FrameCodec, SharesAgainWhatWasShared) {
  const auto decoded = decode_frames(bytes_of(with_variants({"one", "other"})));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->frames[0]->variants[0], decoded->frames[0]->variants[2]);
}

TEST(FrameCodec, SaysWhichBytesAreTheNewestOfASlot) {
  const EncodedBatch batch = encode_frames({reply("said", "c0ffee"), game("kept")});
  ASSERT_EQ(batch.slots.size(), 1u);
  EXPECT_EQ(batch.slots[0].type, "game_state");
  const auto alone = decode_frames(
      std::string_view(batch.bytes).substr(batch.slots[0].offset, batch.slots[0].size));
  ASSERT_TRUE(alone);
  EXPECT_EQ(*alone->frames[0]->variants[0], "kept");
}

TEST(FrameCodec, LeavesOutAMessageThatThisBuildDoesNotKnow) {
  std::string bytes = bytes_of(game("a"));
  bytes.replace(bytes.find("game_state"), 10, "game_stats");
  const auto decoded = decode_frames(bytes + bytes_of(status("b")));
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->unknown, 1u);
  ASSERT_EQ(decoded->frames.size(), 1u);
  EXPECT_EQ(*decoded->frames[0]->variants[0], "b");
}

TEST(FrameCodec, LeavesOutAFrameOfALaterVersion) {
  std::string bytes = bytes_of(game("a"));
  bytes[4] = 2;
  const auto decoded = decode_frames(bytes);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(decoded->unknown, 1u);
}

TEST(FrameCodec, RefusesWhatIsCutAnywhere) {
  const std::string bytes = bytes_of(reply("said", "c0ffee"));
  for (std::size_t size = 1; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_frames(bytes.substr(0, size))) << size;
  }
}

TEST(FrameCodec, RefusesAReplyToNobody) {
  std::string bytes = bytes_of(game("a"));
  bytes.replace(bytes.find("game_state"), 10, "error");
  bytes[5] = 5;
  bytes[0] = static_cast<char>(bytes[0] - 5);
  const auto decoded = decode_frames(bytes);
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().message, "frame 1 of a batch is not for whom such messages are");
}

TEST(FrameCodec, RefusesAVariantWithoutAText) {
  std::string bytes = bytes_of(game("a"));
  bytes[bytes.size() - 6] = 1;  // before the size and the text
  const auto decoded = decode_frames(bytes);
  ASSERT_FALSE(decoded);
  EXPECT_THAT(decoded.error().message, ::testing::HasSubstr("not there"));
}

TEST(FrameCodec, RefusesABatchThatIsTooLong) {
  EXPECT_FALSE(decode_frames(std::string(kMostBatchBytes + 1, '\0')));
}

}  // namespace
}  // namespace keisei::redis
