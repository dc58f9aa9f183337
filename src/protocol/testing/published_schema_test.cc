#include "protocol/testing/published_schema.h"

#include "protocol/codec.h"

// Whether the check that all other tests rely on can fail.
namespace keisei::protocol {
namespace {

using testing::follows_schema;

std::string heartbeat(const std::string& emitted) {
  std::string text = encode(Heartbeat{}, 1, 2);
  const std::string zero = "\"emitted\":0";
  return text.replace(text.find(zero), zero.size(), "\"emitted\":" + emitted);
}

TEST(PublishedSchema, KnowsWhatTheCodecWrites) {
  EXPECT_TRUE(follows_schema(heartbeat("3")));
  EXPECT_TRUE(follows_schema(encode(GameState{}, 1, 2)));
}

TEST(PublishedSchema, SeesAValueOutOfRange) { EXPECT_FALSE(follows_schema(heartbeat("-1"))); }

TEST(PublishedSchema, SeesAWrongType) { EXPECT_FALSE(follows_schema(heartbeat("\"3\""))); }

TEST(PublishedSchema, SeesAMissingField) {
  EXPECT_FALSE(follows_schema(R"({"type":"stream_control","timestamp":1,"seq":2,"data":{}})"));
}

TEST(PublishedSchema, SeesAFieldThatIsNotDescribed) {
  EXPECT_FALSE(follows_schema(
      R"({"type":"stream_control","timestamp":1,"seq":2,"data":{"streaming":true,"now":1}})"));
}

TEST(PublishedSchema, SeesAWordThatIsNotInItsEnumeration) {
  std::string text = encode(Heartbeat{}, 1, 2);
  EXPECT_FALSE(follows_schema(text.replace(text.find("\"full\""), 6, "\"most\"")));
}

TEST(PublishedSchema, SeesATextThatIsTooLong) {
  const auto saying = [](const std::string& words) {
    return encode(ErrorMessage{ErrorCode::failed, "", words}, 1, 2);
  };
  EXPECT_TRUE(follows_schema(saying(std::string(512, 'x'))));
  EXPECT_FALSE(follows_schema(saying(std::string(513, 'x'))));
}

TEST(PublishedSchema, SeesATypeThatIsNotThere) {
  EXPECT_FALSE(follows_schema(R"({"type":"weather","timestamp":1,"seq":2,"data":{}})"));
  EXPECT_FALSE(follows_schema("no JSON"));
}

}  // namespace
}  // namespace keisei::protocol
