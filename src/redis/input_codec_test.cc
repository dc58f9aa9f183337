#include "redis/input_codec.h"

#include <gmock/gmock.h>

namespace keisei::redis {
namespace {

using namespace broker;

template <class T>
T sent(const T& input) {
  const Encoded encoded = encode_input(input);
  const auto decoded = decode_input(encoded.type, encoded.json);
  EXPECT_TRUE(decoded) << decoded.error().message;
  return std::get<T>(*decoded);
}

TEST(InputCodec, BringsEveryKindOfInput) {
  EXPECT_EQ(sent(TrainerOpened{kMaxSession}).session, kMaxSession);
  EXPECT_EQ(sent(TrainerClosed{1}).session, 1);
  EXPECT_EQ(sent(Telemetry{1, R"({"type":"heartbeat"})"}).json, R"({"type":"heartbeat"})");
  EXPECT_EQ(sent(ViewerSaid{"c0ffee", "{}"}).viewer, "c0ffee");
  EXPECT_EQ(sent(OperatorSaid{protocol::Command::set_pace, 2.5}).seconds_per_move, 2.5);
  EXPECT_EQ(sent(ChatSaid{"web", "ann", "7g7f"}).author, "ann");
  EXPECT_EQ(sent(ViewersCounted{"edge", 3}).viewers, 3);
}

TEST(InputCodec, RefusesAKindThatThisBuildDoesNotKnow) {
  const auto decoded = decode_input("dance", "{}");
  ASSERT_FALSE(decoded);
  EXPECT_EQ(decoded.error().message, "unknown kind \"dance\"");
}

TEST(InputCodec, SaysWhatIsWrongWithAnInput) {
  const auto decoded = decode_input("viewers_counted", R"({"edge":"a","viewers":-1})");
  ASSERT_FALSE(decoded);
  EXPECT_THAT(decoded.error().message, ::testing::HasSubstr("viewers_counted.viewers"));
  EXPECT_FALSE(decode_input("viewers_counted", "{"));
}

TEST(InputCodec, BringsAWordToItsSession) {
  const auto decoded = decode_word(encode_word(7, protocol::StreamControl{false}), 3);
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_EQ(decoded->epoch, 3u);
  EXPECT_EQ(decoded->session, 7);
  EXPECT_FALSE(std::get<protocol::StreamControl>(decoded->word).streaming);
}

TEST(InputCodec, RefusesAWordThatIsNone) {
  for (const char* wrong : {"", "7", "7 ", "7 stream_control", "x stream_control {}",
                            "-1 stream_control {\"streaming\":true}", "7 dance {}"}) {
    EXPECT_FALSE(decode_word(wrong, 1)) << wrong;
  }
}

}  // namespace
}  // namespace keisei::redis
