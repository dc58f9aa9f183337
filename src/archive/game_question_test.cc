#include "archive/game_question.h"

#include <gmock/gmock.h>

namespace keisei::archive {
namespace {

using ::testing::HasSubstr;

Result<GameQuestion> asked(const std::string& behind) {
  http::Request request;
  request.target = "/games/" + behind;
  return game_question_of(request, "/games/");
}

TEST(GameQuestion, NamesAGameAndItsFormat) {
  const GameQuestion question = asked("my%20run/a%2Fb%2Ekif.csa").value();
  EXPECT_EQ(question.run_id, "my run");
  EXPECT_EQ(question.game_id, "a/b.kif");
  EXPECT_EQ(question.format, Format::csa);
  EXPECT_EQ(question.ended_by, std::nullopt);
  EXPECT_EQ(asked("run/1").value().format, std::nullopt);
}

TEST(GameQuestion, SaysByWhenTheGameHadEnded) {
  EXPECT_EQ(asked("run/1?ended_by=1763848001.75").value().ended_by, 1763848001.75);
  EXPECT_EQ(asked("run/1.kif?ended_by=0").value().ended_by, 0);
}

TEST(GameQuestion, NamesTheParameterThatIsWrong) {
  for (const char* query :
       {"ended_by=", "ended_by=soon", "ended_by=-1", "ended_by=nan", "ended_by=inf", "ended_by=1e3",
        "ended_by=1x", "ended_by=%zz", "ended_by=1&ended_by=1", "ended_by=10000000000000"}) {
    const auto question = asked(std::string("run/1?") + query);
    ASSERT_FALSE(question.has_value()) << query;
    EXPECT_EQ(question.error().field, "ended_by") << query;
    EXPECT_EQ(question.error().code, ErrorCode::bad_field) << query;
  }
  EXPECT_EQ(asked("run/1?colour=black").error().field, "colour");
}

TEST(GameQuestion, IsNoneWherePathsAreOfNoGame) {
  for (const char* behind : {"run", "run/", "/3", "run/3/4", "run/%zz"}) {
    const auto question = asked(behind);
    ASSERT_FALSE(question.has_value()) << behind;
    EXPECT_EQ(question.error().field, "");
    EXPECT_THAT(question.error().message, HasSubstr("/games/{run}/{game}"));
  }
}

}  // namespace
}  // namespace keisei::archive
