#include "http/router.h"

#include <gmock/gmock.h>

#include <string>
#include <string_view>
#include <vector>

namespace keisei::http {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

Request ask(Method method, std::string target) {
  Request request;
  request.method = method;
  request.target = std::move(target);
  return request;
}

class RouterTest : public ::testing::Test {
 protected:
  RouterTest() {
    router_.get("/healthz", [](const Request&, const Reply&) {});
    router_.post("/api/v1/streaming", 100, [](const Request&, const Reply&) {});
    router_.fallback([](const Request&, const Reply&) {});
  }
  Response refusal(Method method, std::string target) const {
    const auto found = router_.find(ask(method, std::move(target)));
    return found ? Response{} : found.error();
  }

  Router router_;
};

TEST_F(RouterTest, FindsARouteByMethodAndPath) {
  const auto health = router_.find(ask(Method::get, "/healthz?verbose"));
  ASSERT_TRUE(health);
  EXPECT_EQ((*health)->path, "/healthz");
  EXPECT_TRUE(router_.find(ask(Method::head, "/healthz")));
  EXPECT_EQ((*router_.find(ask(Method::post, "/api/v1/streaming")))->max_body, 100u);
}

TEST_F(RouterTest, FindsWhatIsBelowAFolderAndNotTheFolder) {
  router_.get_below("/api/v1/games/", [](const Request&, const Reply&) {});
  const auto game = router_.find(ask(Method::get, "/api/v1/games/run/3?x"));
  ASSERT_TRUE(game);
  EXPECT_EQ((*game)->path, "/api/v1/games/");
  EXPECT_EQ(refusal(Method::get, "/api/v1/games/").status, Status::not_found);
  EXPECT_EQ(refusal(Method::get, "/api/v1/games").status, Status::not_found);
  EXPECT_EQ(refusal(Method::post, "/api/v1/games/run").status, Status::method_not_allowed);
}

TEST_F(RouterTest, KnowsAllThatItRoutes) {
  std::vector<std::string> routes;
  EXPECT_TRUE(router_.all_of([&](Method method, std::string_view route) {
    routes.push_back((method == Method::post ? "POST " : "GET ") + std::string(route));
    return true;
  }));
  EXPECT_THAT(routes, ElementsAre("GET /healthz", "POST /api/v1/streaming"));
  EXPECT_FALSE(
      router_.all_of([](Method method, std::string_view) { return method == Method::get; }));
}

TEST_F(RouterTest, SaysWhichMethodAPathAnswers) {
  const Response response = refusal(Method::get, "/api/v1/streaming");
  EXPECT_EQ(response.status, Status::method_not_allowed);
  EXPECT_THAT(response.fields, Contains(Pair("Allow", "POST")));
  EXPECT_EQ(refusal(Method::post, "/").status, Status::method_not_allowed);
}

TEST_F(RouterTest, AnswersAnUnknownApiWithProblemDetails) {
  for (const char* path : {"/api", "/api/", "/api/v1/nonsense", "/api/v1/streaming/"}) {
    const Response response = refusal(Method::get, path);
    EXPECT_EQ(response.status, Status::not_found) << path;
    EXPECT_EQ(response.content_type, "application/problem+json");
    EXPECT_THAT(*response.body, HasSubstr(R"("title":"Not Found","status":404,"detail":")"));
  }
}

TEST_F(RouterTest, LeavesEverythingElseToTheFallback) {
  EXPECT_TRUE(router_.find(ask(Method::get, "/overlay/board")));
  EXPECT_TRUE(router_.find(ask(Method::get, "/apiary"))) << "which is not below /api/";
}

TEST_F(RouterTest, AsksItsGuardFirst) {
  router_.guard([](const Request& request) -> std::optional<Response> {
    if (request.field("Authorization") == "Bearer secret") return std::nullopt;
    return problem_response(
        {Status::unauthorized, ErrorCode::unauthorized, "the token is missing"});
  });
  const Response response = refusal(Method::get, "/healthz");
  EXPECT_EQ(response.status, Status::unauthorized);
  EXPECT_THAT(response.fields, Contains(Pair("WWW-Authenticate", "Bearer")));
  Request known = ask(Method::get, "/healthz");
  known.fields = {{"authorization", "Bearer secret"}};
  EXPECT_TRUE(router_.find(known));
}

TEST(ProblemDetails, NameTheFieldAndEscapeWhatTheyQuote) {
  const Response response = problem_response(
      {Status::bad_request, ErrorCode::bad_field, "command: \"explode\" is none", "command"});
  EXPECT_THAT(*response.body, HasSubstr(R"("detail":"command: \"explode\" is none")"));
  EXPECT_THAT(*response.body, HasSubstr(R"("code":"bad_field","field":"command")"));
}

}  // namespace
}  // namespace keisei::http
