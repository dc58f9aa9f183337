#include "edge/subscription.h"

#include <gmock/gmock.h>

#include "protocol/codec.h"

namespace keisei::edge {
namespace {

using protocol::Channel;
using protocol::Language;
using protocol::Level;

Result<Subscription> apply_hello(std::string_view json, const Subscription& before) {
  const auto said = protocol::decode_client(json);
  if (!said) return tl::unexpected<Error>(said.error());
  return changed(before, std::get<protocol::Hello>(*said));
}

Error error_of(std::string_view json) {
  const auto outcome = apply_hello(json, {});
  EXPECT_FALSE(outcome) << json;
  return outcome ? Error{} : outcome.error();
}

TEST(Hello, MayBeBareOrTyped) {
  for (const char* json : {R"({"level":"beginner","language":"ja"})",
                           R"({"type":"hello","data":{"level":"beginner","language":"ja"}})"}) {
    const auto outcome = apply_hello(json, {});
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->level, Level::beginner);
    EXPECT_EQ(outcome->language, Language::ja);
  }
}

TEST(Hello, UnderstandsTheOldNameOfTheLevel) {
  EXPECT_EQ(apply_hello(R"({"educational_level":"advanced"})", {})->level, Level::advanced);
}

TEST(Hello, SubscribesToTheChannelsNamed) {
  const auto some = apply_hello(R"({"channels":["game","system"]})", {});
  EXPECT_TRUE(some->channels.has(Channel::game));
  EXPECT_FALSE(some->channels.has(Channel::metrics));
  EXPECT_EQ(apply_hello(R"({"channels":["all"]})", {})->channels, protocol::ChannelMask::all());
}

TEST(Hello, ChangesOnlyWhatItNames) {
  const auto before = apply_hello(R"({"level":"advanced","channels":["game"]})", {});
  const auto after = apply_hello(R"({"language":"ja"})", *before);
  EXPECT_EQ(after->level, Level::advanced);
  EXPECT_EQ(after->language, Language::ja);
  EXPECT_FALSE(after->channels.has(Channel::metrics));
}

TEST(Hello, OfLowQualityAsksForFewerFrames) {
  EXPECT_EQ(apply_hello("{}", {})->pace(), 0);
  EXPECT_EQ(apply_hello(R"({"max_fps":5})", {})->pace(), 5);
  EXPECT_EQ(apply_hello(R"({"quality":"low"})", {})->pace(), 2);
  EXPECT_EQ(apply_hello(R"({"quality":"low","max_fps":1})", {})->pace(), 1);
}

TEST(Hello, IsRefusedByFieldAndReason) {
  EXPECT_EQ(error_of(R"({"level":"wizard"})").field, "level");
  EXPECT_EQ(error_of(R"({"max_fps":0})").field, "max_fps");
  EXPECT_EQ(error_of(R"({"max_fps":"fast"})").field, "max_fps");
  EXPECT_EQ(error_of(R"({"channels":["game","tv"]})").field, "channels[1]");
  EXPECT_EQ(error_of(R"({"channels":[]})").field, "channels");
  EXPECT_NE(error_of(R"({"level":"wizard"})").message, "");
}

TEST(Hello, IsRefusedByCode) {
  EXPECT_EQ(error_of("{").code, ErrorCode::bad_json);
  EXPECT_EQ(error_of("[]").code, ErrorCode::bad_json);
  EXPECT_EQ(error_of(R"({"type":"move_played","data":{}})").code, ErrorCode::unknown_type);
  EXPECT_EQ(error_of(R"({"level":1})").code, ErrorCode::bad_field);
}

}  // namespace
}  // namespace keisei::edge
