#include "http/query.h"

#include <gmock/gmock.h>

namespace keisei::http {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(PercentDecoded, GivesTheBytesThatAreMeant) {
  EXPECT_EQ(percent_decoded("run-3"), "run-3");
  EXPECT_EQ(percent_decoded("a%2Fb%20c+d%e6%AD%a9"), "a/b c+d歩");
}

TEST(PercentDecoded, RefusesWhatStandsForNothing) {
  for (const char* text : {"%", "a%2", "%2x", "%-1", "%%20"}) {
    EXPECT_EQ(percent_decoded(text), std::nullopt) << text;
  }
}

TEST(Query, IsWhatStandsBehindTheQuestionMark) {
  EXPECT_THAT(query_of("/api/v1/games").value(), IsEmpty());
  EXPECT_THAT(query_of("/api/v1/games?").value(), IsEmpty());
  EXPECT_THAT(
      query_of("/?run=a+b&&game=%231&flag&x=1=2#here").value(),
      ElementsAre(Pair("run", "a b"), Pair("game", "#1"), Pair("flag", ""), Pair("x", "1=2")));
}

TEST(Query, IsNoneWithAPercentSignThatStandsForNothing) {
  EXPECT_EQ(query_of("/?run=%zz"), std::nullopt);
  EXPECT_EQ(query_of("/?%=1"), std::nullopt);
}

}  // namespace
}  // namespace keisei::http
