#include "archive/archive.h"

#include <gmock/gmock.h>

#include <future>
#include <memory>

#include "archive/archive_test_kit.h"
#include "store/no_store.h"
#include "store/sqlite_store.h"

namespace keisei::archive::testing {
namespace {

using http::Status;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

http::Request get(const std::string& target,
                  std::vector<std::pair<std::string, std::string>> fields = {}) {
  http::Request request;
  request.target = target;
  request.fields = std::move(fields);
  return request;
}

std::string field_of(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.fields) {
    if (key == name) return value;
  }
  return "";
}

/// A show that keeps two games, and its archive.
class ArchiveTest : public ::testing::Test {
 protected:
  ArchiveTest() {
    store_->keep({store::testing::run(), store::testing::move("3", 0), game("3"),
                  game("mino", ranging_rook_with_mino()), store::testing::move("5", 0)},
                 [](bool) {});
    store_->settle();
    archive_.add_routes(router_);
  }

  void ask(const http::Request& request, const http::Reply& reply) {
    const auto route = router_.find(request);
    ASSERT_TRUE(route.has_value()) << request.target;
    (*route)->handler(request, reply);
  }
  http::Response answer(const http::Request& request) {
    std::promise<http::Response> promise;
    ask(request, [&](http::Response response) { promise.set_value(std::move(response)); });
    return promise.get_future().get();
  }
  http::Response answer(const std::string& target) { return answer(get(target)); }
  std::string body(const std::string& target) {
    const http::Response response = answer(target);
    return response.body ? *response.body : "";
  }
  /// Of a refusal.
  std::string problem(const std::string& target, Status status) {
    const http::Response response = answer(target);
    EXPECT_EQ(response.status, status) << target;
    EXPECT_EQ(response.content_type, "application/problem+json") << target;
    return *response.body;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_ / "show.db";
  ManualClock clock_;
  Counters counters_;
  std::vector<std::string> told_;
  Notices notices_{clock_, [this](const auto& notice) { told_.push_back(line_of(notice)); }};
  std::unique_ptr<store::SqliteStore> store_ = std::make_unique<store::SqliteStore>(
      store::StoreOptions{path_, 1'000'000'000, read_traits}, clock_, counters_, notices_);
  Archive archive_{path_, known_traits(), notices_};
  http::Router router_;
};

TEST_F(ArchiveTest, ListsTheGamesThatAreLookedFor) {
  archive_.open(*store_);
  const http::Response response = answer("/api/v1/games");
  EXPECT_EQ(response.status, Status::ok);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_THAT(*response.body, StartsWith(R"({"games":[{"run_id":"run","run_name":"Name of run",)"
                                         R"("game_id":"mino",)"));
  EXPECT_THAT(*response.body, HasSubstr(R"("game_id":"3",)"));
  EXPECT_THAT(*response.body, HasSubstr(R"("next":null)"));
  const std::string found = body("/api/v1/games?castle=mino&limit=1");
  EXPECT_THAT(found, AllOf(HasSubstr(R"("black_castle":"mino")"), HasSubstr(R"("next":null)")));
  EXPECT_EQ(body("/api/v1/games?run=none"), "{\"games\":[],\"next\":null}\n");
}

TEST_F(ArchiveTest, NamesTheParameterThatIsWrong) {
  archive_.open(*store_);
  EXPECT_THAT(problem("/api/v1/games?limit=1000", Status::bad_request),
              AllOf(HasSubstr(R"("field":"limit")"), HasSubstr("a whole number from 1 to 100")));
  EXPECT_THAT(problem("/api/v1/games?limit=%zz", Status::bad_request),
              HasSubstr("stands for nothing"));
}

TEST_F(ArchiveTest, GivesAGameMoveByMove) {
  archive_.open(*store_);
  const std::string found = body("/api/v1/games/run/3");
  EXPECT_THAT(found, HasSubstr(R"("usi":"7g7f")"));
  EXPECT_THAT(found, HasSubstr(R"x("kif":"７六歩(77)")x"));
  EXPECT_THAT(found, HasSubstr(R"("moves_thought_of":1)"));
}

TEST_F(ArchiveTest, GivesAGameInTheFormatsOfOtherPrograms) {
  archive_.open(*store_);
  const http::Response kif = answer("/api/v1/games/run/3.kif");
  EXPECT_EQ(kif.content_type, "text/plain; charset=utf-8");
  EXPECT_EQ(field_of(kif, "Content-Disposition"), R"(attachment; filename="keisei-run-3.kif")");
  EXPECT_THAT(*kif.body, HasSubstr("   1 ７六歩(77)\n"));
  EXPECT_THAT(body("/api/v1/games/run/3.csa"), HasSubstr("+7776FU\n'** -659\n"));
  EXPECT_EQ(body("/api/v1/games/run/3.usi"), "position startpos moves 7g7f 3c3d\n");
  EXPECT_EQ(answer("/api/v1/games/run/3.jkf").content_type, "application/json");
}

TEST_F(ArchiveTest, ReadsWhatAnAddressHasToWriteOtherwise) {
  store_->keep({game("a/b.kif")}, [](bool) {});
  store_->settle();
  archive_.open(*store_);
  EXPECT_THAT(body("/api/v1/games/run/a%2Fb%2Ekif"), HasSubstr(R"("game_id":"a/b.kif")"));
  EXPECT_THAT(body("/api/v1/games/run/a%2Fb%2Ekif.usi"), StartsWith("position "));
}

TEST_F(ArchiveTest, SaysThatThereIsNoSuchGame) {
  archive_.open(*store_);
  EXPECT_THAT(problem("/api/v1/games/run/4", Status::not_found), HasSubstr("no such game is kept"));
  EXPECT_THAT(problem("/api/v1/games/run/5.kif", Status::not_found), HasSubstr("has not ended"));
  for (const char* path : {"/api/v1/games/run", "/api/v1/games/run/", "/api/v1/games//3",
                           "/api/v1/games/run/3/4", "/api/v1/games/run/%zz"}) {
    EXPECT_THAT(problem(path, Status::not_found), HasSubstr("{run}/{game}"));
  }
}

TEST_F(ArchiveTest, SendsNothingAgainToThoseWhoHaveIt) {
  archive_.open(*store_);
  for (const char* target : {"/api/v1/games", "/api/v1/games/run/3", "/api/v1/games/run/3.csa"}) {
    const std::string etag = field_of(answer(target), "ETag");
    const http::Response again = answer(get(target, {{"If-None-Match", etag}}));
    EXPECT_EQ(again.status, Status::not_modified) << target;
    EXPECT_EQ(again.body, nullptr);
  }
}

TEST_F(ArchiveTest, SaysThatAShowKeepsNothing) {
  Archive none("", known_traits(), notices_);
  http::Router router;
  none.add_routes(router);
  std::swap(router, router_);
  const store::NoStore store;
  none.open(store);
  EXPECT_THAT(problem("/api/v1/games", Status::unavailable), HasSubstr("keeps nothing"));
  EXPECT_THAT(problem("/api/v1/games/run/3.kif", Status::unavailable), HasSubstr("keeps nothing"));
}

TEST_F(ArchiveTest, IsNotThereBeforeTheShowBeginsAndAfterItHasEnded) {
  EXPECT_THAT(problem("/api/v1/games", Status::unavailable), HasSubstr("begins or ends"));
  archive_.open(*store_);
  EXPECT_EQ(answer("/api/v1/games").status, Status::ok);
  archive_.close();
  const http::Response response = answer("/api/v1/games");
  EXPECT_EQ(response.status, Status::unavailable);
  EXPECT_EQ(field_of(response, "Retry-After"), "1");
}

TEST_F(ArchiveTest, IsNotThereWhileTheStoreIsNot) {
  const store::NoStore damaged;
  archive_.open(damaged);
  EXPECT_THAT(problem("/api/v1/games", Status::unavailable), HasSubstr("cannot be read"));
}

TEST_F(ArchiveTest, TellsTheOperatorAndNobodyElseWhyItCannotRead) {
  Archive lost(folder_ / "lost.db", known_traits(), notices_);
  http::Router router;
  lost.add_routes(router);
  std::swap(router, router_);
  lost.open(*store_);
  EXPECT_THAT(problem("/api/v1/games", Status::unavailable), Not(HasSubstr("lost.db")));
  lost.close();
  EXPECT_THAT(told_, ElementsAre(AllOf(HasSubstr("reading the archive"), HasSubstr("lost.db"))));
}

TEST_F(ArchiveTest, ListsWhatItsRunsHaveReached) {
  store_->keep({store::testing::milestone("win/black"), store::testing::milestone("castle/mino"),
                store::testing::milestone("invented/1")},
               [](bool) {});
  store_->settle();
  archive_.open(*store_);
  const http::Response response = answer("/api/v1/milestones?limit=2");
  EXPECT_EQ(response.status, Status::ok);
  EXPECT_EQ(response.content_type, "application/json");
  EXPECT_THAT(*response.body,
              StartsWith(R"({"milestones":[{"run_id":"run","key":"invented/1","kind":null,)"));
  EXPECT_THAT(*response.body, HasSubstr(R"("key":"castle/mino","kind":"castle","update":7,)"));
  EXPECT_THAT(*response.body, HasSubstr(R"("game_id":"run-3","game_number":3,"ply":41)"));
  const auto next = response.body->find(R"("next":")") + 8;
  const std::string place = response.body->substr(next, response.body->find('"', next) - next);
  const std::string rest = body("/api/v1/milestones?run=run&after=" + place);
  EXPECT_THAT(rest, AllOf(HasSubstr("win/black"), Not(HasSubstr("mino"))));
  EXPECT_THAT(rest, HasSubstr(R"("next":null)"));
  EXPECT_EQ(body("/api/v1/milestones?run=none"), "{\"milestones\":[],\"next\":null}\n");
  EXPECT_EQ(
      answer(get("/api/v1/milestones?limit=2", {{"If-None-Match", field_of(response, "ETag")}}))
          .status,
      Status::not_modified);
}

TEST_F(ArchiveTest, NamesTheParameterThatIsWrongOfMilestones) {
  archive_.open(*store_);
  const std::pair<const char*, const char*> kWrong[] = {{"limit=101", "limit"},
                                                        {"limit=0", "limit"},
                                                        {"after=x", "after"},
                                                        {"run=", "run"},
                                                        {"winner=black", "winner"}};
  for (const auto& [query, parameter] : kWrong) {
    EXPECT_THAT(problem(std::string("/api/v1/milestones?") + query, Status::bad_request),
                HasSubstr(fmt::format(R"("field":"{}")", parameter)))
        << query;
  }
}

TEST_F(ArchiveTest, GivesTheGameThatIsMeantOfTwoUnderOneId) {
  store::KeptGame again = game("3", {"2g2f"});
  again.game.emitted_at += 100;
  store_->keep({again}, [](bool) {});
  store_->settle();
  archive_.open(*store_);
  EXPECT_THAT(body("/api/v1/games/run/3.usi"), HasSubstr("2g2f"));
  EXPECT_THAT(body("/api/v1/games/run/3.usi?ended_by=1763848001.75"), HasSubstr("7g7f 3c3d"));
  EXPECT_THAT(problem("/api/v1/games/run/3?ended_by=1763848001.7", Status::not_found),
              HasSubstr("no such game"));
  EXPECT_THAT(problem("/api/v1/games/run/3?ended_by=soon", Status::bad_request),
              HasSubstr(R"("field":"ended_by")"));
}

}  // namespace
}  // namespace keisei::archive::testing
