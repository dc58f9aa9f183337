#include "archive/search.h"

#include <gmock/gmock.h>

#include "archive/archive_test_kit.h"

namespace keisei::archive::testing {
namespace {

using ::testing::HasSubstr;

Result<Search> asked(const std::string& query) {
  return search_of(http::query_of("/api/v1/games?" + query).value(), known_traits());
}

TEST(SearchQuery, AsksForTheNewestOfAllIfItSaysNothing) {
  const Search search = asked("").value();
  EXPECT_EQ(search.run, "");
  EXPECT_EQ(search.order, Order::newest);
  EXPECT_EQ(search.limit, 20);
  EXPECT_EQ(search.winner, std::nullopt);
  EXPECT_EQ(search.after, std::nullopt);
}

TEST(SearchQuery, SaysWhatIsLookedFor) {
  const Search search =
      asked(
          "run=my+run&winner=draw&reason=repetition&min_plies=10&max_plies=200&min_update=3&"
          "max_update=9000&opening=static_rook&castle=mino&order=longest&limit=100&after=80.17")
          .value();
  EXPECT_EQ(search.run, "my run");
  EXPECT_EQ(search.winner, Winner::draw);
  EXPECT_EQ(search.reason, protocol::EndReason::repetition);
  EXPECT_EQ(search.min_plies, 10);
  EXPECT_EQ(search.max_plies, 200);
  EXPECT_EQ(search.min_update, 3);
  EXPECT_EQ(search.max_update, 9000);
  EXPECT_EQ(search.opening, "static_rook");
  EXPECT_EQ(search.castle, "mino");
  EXPECT_EQ(search.order, Order::longest);
  EXPECT_EQ(search.limit, 100);
  EXPECT_EQ(search.after, (Place{80, 17}));
}

TEST(SearchQuery, NamesTheParameterThatIsWrong) {
  const std::pair<const char*, const char*> kWrong[] = {
      {"run=", "run"},
      {"run=12345678901234567890123456789012345678901", "run"},
      {"winner=nobody", "winner"},
      {"reason=boredom", "reason"},
      {"min_plies=-1", "min_plies"},
      {"max_plies=1025", "max_plies"},
      {"max_plies=1e2", "max_plies"},
      {"min_update=", "min_update"},
      {"max_update=99999999999999999999", "max_update"},
      {"opening=mino", "opening"},
      {"castle=fort", "castle"},
      {"order=random", "order"},
      {"limit=0", "limit"},
      {"limit=101", "limit"},
      {"after=17", "after"},
      {"after=80.x", "after"},
      {"winner=black&winner=black", "winner"},
      {"min_plies=20&max_plies=10", "min_plies"},
      {"min_update=20&max_update=10", "min_update"},
      {"colour=black", "colour"}};
  for (const auto& [query, parameter] : kWrong) {
    const auto search = asked(query);
    ASSERT_FALSE(search.has_value()) << query;
    EXPECT_EQ(search.error().field, parameter) << query;
    EXPECT_EQ(search.error().code, ErrorCode::bad_field) << query;
    EXPECT_THAT(search.error().message, HasSubstr(parameter)) << query;
  }
}

TEST(SearchQuery, TakesAPlaceAsAPageGaveIt) {
  const Place place{512, 123'456};
  EXPECT_EQ(asked("after=" + text_of(place)).value().after, place);
}

}  // namespace
}  // namespace keisei::archive::testing
