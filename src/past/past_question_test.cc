#include "past/past_question.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace keisei::past {
namespace {

Result<PastQuestion> asked(const std::string& query) {
  return past_question_of(http::query_of("/api/v1/frames?" + query).value());
}

TEST(PastQuestion, AsksForEverythingAsAViewerOfNoWishesGetsIt) {
  const PastQuestion question = asked("from=100&to=160").value();
  EXPECT_EQ(question.from, 100);
  EXPECT_EQ(question.to, 160);
  EXPECT_EQ(question.level, protocol::Level::intermediate);
  EXPECT_EQ(question.language, protocol::Language::en);
  EXPECT_EQ(question.channels, protocol::ChannelMask::all());
  EXPECT_TRUE(question.with_present);
}

TEST(PastQuestion, SaysWhatIsWanted) {
  const PastQuestion question =
      asked("from=100.5&to=100.5&level=advanced&language=ja&channels=game,metrics&present=no")
          .value();
  EXPECT_EQ(question.from, 100.5);
  EXPECT_EQ(question.level, protocol::Level::advanced);
  EXPECT_EQ(question.language, protocol::Language::ja);
  EXPECT_TRUE(question.channels.has(protocol::Channel::game));
  EXPECT_TRUE(question.channels.has(protocol::Channel::metrics));
  EXPECT_FALSE(question.channels.has(protocol::Channel::milestones));
  EXPECT_FALSE(question.with_present);
  EXPECT_EQ(asked("from=1&to=2&channels=all").value().channels, protocol::ChannelMask::all());
}

TEST(PastQuestion, NamesTheParameterThatIsWrong) {
  const std::pair<const char*, const char*> kWrong[] = {
      {"to=5", "from"},
      {"from=5", "to"},
      {"from=x&to=5", "from"},
      {"from=5&to=4", "to"},
      {"from=5&to=65.1", "to"},
      {"from=5&to=6&level=wizard", "level"},
      {"from=5&to=6&language=de", "language"},
      {"from=5&to=6&channels=", "channels"},
      {"from=5&to=6&channels=game,", "channels"},
      {"from=5&to=6&channels=game,gossip", "channels"},
      {"from=5&to=6&present=maybe", "present"},
      {"from=5&to=6&colour=black", "colour"}};
  for (const auto& [query, parameter] : kWrong) {
    const auto question = asked(query);
    ASSERT_FALSE(question.has_value()) << query;
    EXPECT_EQ(question.error().field, parameter) << query;
  }
}

}  // namespace
}  // namespace keisei::past
