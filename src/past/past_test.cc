#include "past/past.h"

#include <gmock/gmock.h>

#include <future>

#include "broker/in_process_broker.h"
#include "past/past_test_kit.h"

namespace keisei::past {
namespace {

using http::Status;
using ::testing::ElementsAre;
using testing::game;
using ::testing::HasSubstr;
using testing::told;

/// A studio, and what remembers it.
class PastTest : public ::testing::Test {
 protected:
  PastTest() { past_.add_routes(router_); }

  void show(std::vector<broker::FramePtr> frames) {
    broker_.publish({epoch_, std::move(frames)});
    past_.settle();
  }
  http::Response answer(const std::string& target, const std::string& known = "") {
    http::Request request;
    request.target = target;
    if (!known.empty()) request.fields = {{"If-None-Match", known}};
    const auto route = router_.find(request);
    std::promise<http::Response> said;
    (*route)->handler(request, [&](http::Response response) { said.set_value(response); });
    return said.get_future().get();
  }
  std::string problem(const std::string& target, Status status) {
    const http::Response response = answer(target);
    EXPECT_EQ(response.status, status) << target;
    EXPECT_EQ(response.content_type, "application/problem+json") << target;
    return *response.body;
  }
  static std::string field_of(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.fields) {
      if (key == name) return value;
    }
    return "";
  }

  Counters counters_;
  broker::InProcessBroker broker_{counters_};
  broker::Epoch epoch_ = broker_.take_over([](const broker::Input&, broker::Receipt) {});
  Past past_{FrameLogOptions{}, counters_};
  http::Router router_;
};

TEST_F(PastTest, GivesWhatWasOnAir) {
  past_.open(broker_);
  show({game(100, 1)});
  show({game(101, 2)});
  show({game(102, 3)});
  const http::Response response = answer("/api/v1/frames?from=100&to=101");
  EXPECT_EQ(response.status, Status::ok);
  EXPECT_EQ(response.content_type, "application/x-ndjson");
  EXPECT_THAT(told(*response.body), ElementsAre("game 1", "game 2"));
  EXPECT_EQ(*answer("/api/v1/range").body, "{\"from\":100,\"to\":102}\n");
  EXPECT_EQ(past_.range()->to, 102);
}

TEST_F(PastTest, KnowsWhatWasOnAirWhenItBeganToListen) {
  broker_.publish({epoch_, {game(100, 1)}});
  past_.open(broker_);
  show({testing::status(105, 4)});
  EXPECT_THAT(told(*answer("/api/v1/frames?from=105&to=105").body),
              ElementsAre("game 1", "viewers 4"));
}

TEST_F(PastTest, LetsWhatIsOverBeKeptByWhoeverHasIt) {
  past_.open(broker_);
  show({game(100, 1)});
  show({game(110, 2)});
  const http::Response over = answer("/api/v1/frames?from=100&to=105");
  EXPECT_EQ(field_of(over, "Cache-Control"), "public, max-age=3600");
  EXPECT_EQ(answer("/api/v1/frames?from=100&to=105", field_of(over, "ETag")).status,
            Status::not_modified);
  const http::Response goes_on = answer("/api/v1/frames?from=105&to=110");
  EXPECT_EQ(field_of(goes_on, "Cache-Control"), "no-cache");
}

TEST_F(PastTest, RefusesBadQuestions) {
  past_.open(broker_);
  show({game(100, 1)});
  EXPECT_THAT(problem("/api/v1/frames?from=100", Status::bad_request),
              HasSubstr(R"("field":"to")"));
  EXPECT_THAT(problem("/api/v1/frames?from=100&to=200", Status::bad_request),
              HasSubstr("more than 60 s"));
  EXPECT_THAT(problem("/api/v1/frames?from=%zz", Status::bad_request), HasSubstr("'%'"));
  EXPECT_THAT(problem("/api/v1/frames?from=50&to=60", Status::not_found), HasSubstr("not of then"));
}

TEST_F(PastTest, SaysThatThereIsNone) {
  EXPECT_THAT(problem("/api/v1/range", Status::not_found), HasSubstr("none yet"));
  EXPECT_THAT(problem("/api/v1/frames?from=1&to=2", Status::unavailable),
              HasSubstr("begins or ends"));
  past_.open(broker_);
  EXPECT_THAT(problem("/api/v1/range", Status::not_found), HasSubstr("none yet"));
  past_.close();
  EXPECT_THAT(problem("/api/v1/frames?from=1&to=2", Status::unavailable),
              HasSubstr("begins or ends"));
}

TEST_F(PastTest, KeepsNothingWhereThereIsNoRoom) {
  Past none({.most_bytes = 0}, counters_);
  http::Router router;
  none.add_routes(router);
  std::swap(router, router_);
  none.open(broker_);
  broker_.publish({epoch_, {game(100, 1)}});
  EXPECT_THAT(problem("/api/v1/range", Status::not_found), HasSubstr("keeps no past"));
  EXPECT_THAT(problem("/api/v1/frames?from=100&to=100", Status::not_found),
              HasSubstr("keeps no past"));
  EXPECT_FALSE(none.range().has_value());
}

}  // namespace
}  // namespace keisei::past
