#include "protocol/http_api.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace keisei::protocol {
namespace {

TEST(HttpApi, NamesEveryOperationOnce) {
  std::set<std::string_view> names;
  for (const Operation& operation : kOperations) EXPECT_TRUE(names.insert(operation.id).second);
}

TEST(HttpApi, KnowsARouteByItsFolder) {
  EXPECT_EQ(kGameFileOperation.route(), "/api/v1/games/");
  EXPECT_EQ(kGamesOperation.route(), "/api/v1/games");
}

TEST(HttpApi, DescribesWhatEachPortAnswers) {
  EXPECT_TRUE(is_described(Port::everyone, Verb::get, "/api/v1/games/"));
  EXPECT_TRUE(is_described(Port::everyone, Verb::get, "/api/v1/history"));
  EXPECT_TRUE(is_described(Port::everyone, Verb::get, "/ws"));
  EXPECT_TRUE(is_described(Port::everyone, Verb::get, "/healthz"));
  EXPECT_TRUE(is_described(Port::operators, Verb::get, "/healthz"));
  EXPECT_TRUE(is_described(Port::operators, Verb::post, "/api/v1/game"));
}

TEST(HttpApi, DescribesNothingThatAPortDoesNotAnswer) {
  EXPECT_FALSE(is_described(Port::everyone, Verb::get, "/api/v1/weather"));
  EXPECT_FALSE(is_described(Port::everyone, Verb::post, "/api/v1/game"));
  EXPECT_FALSE(is_described(Port::operators, Verb::get, "/api/v1/history"));
  EXPECT_FALSE(is_described(Port::everyone, Verb::get, "/metrics"));
}

}  // namespace
}  // namespace keisei::protocol
