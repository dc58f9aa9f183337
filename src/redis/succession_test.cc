#include <future>

#include "redis/faults_test_kit.h"

namespace keisei::redis::testing {
namespace {

using namespace broker::testing;
using ::testing::ElementsAre;

class Succession : public Faults {
 protected:
  // Whether the studio that stands by is the studio yet.
  static std::future<bool> stand_by(StudioProcess& studio) {
    return std::async(std::launch::async, [&studio] {
      if (!studio.studio.wait_for_lease()) return false;
      studio.take_over();
      return true;
    });
  }
};

TEST_F(Succession, WaitsWhileThereIsAStudio) {
  const auto first = studio_on_air();
  const auto second = make_studio(studio_options());
  auto is_next = stand_by(*second);
  EXPECT_EQ(is_next.wait_for(std::chrono::milliseconds(700)), std::future_status::timeout);
  first->studio.resign(first->epoch);
  EXPECT_TRUE(is_next.get());
  EXPECT_GT(second->epoch, first->epoch);
}

TEST_F(Succession, FollowsAStudioThatFallsSilent) {
  const auto first = make_studio(silent());
  first->take_over();
  const auto second = make_studio(studio_options());
  EXPECT_TRUE(stand_by(*second).get());
}

TEST_F(Succession, EndsWaitingWhenToldTo) {
  const auto first = studio_on_air();
  const auto second = make_studio(studio_options());
  auto is_next = stand_by(*second);
  second->studio.stop_waiting();
  EXPECT_FALSE(is_next.get());
}

TEST_F(Succession, EndsWaitingForAServerThatIsGoneWhenToldTo) {
  server_.kill();
  const auto studio = make_studio(studio_options());
  auto epoch = std::async(std::launch::async, [&] {
    studio->take_over();
    return studio->epoch.load();
  });
  studio->studio.stop_waiting();
  EXPECT_EQ(epoch.get(), 0u);
}

TEST_F(Succession, TellsAStudioThatItIsReplaced) {
  const auto first = studio_on_air();
  const auto second = studio_on_air();
  EXPECT_TRUE(comes_true([&] { return first->replaced == 1; }));
  EXPECT_EQ(second->replaced, 0);
}

TEST_F(Succession, RefusesTheFramesOfAStudioThatWakesTooLate) {
  const auto edge = make_edge();
  const auto first = make_studio(silent());
  first->take_over();
  const auto second = make_studio(studio_options());
  ASSERT_TRUE(stand_by(*second).get());
  first->publish({game("late")});
  EXPECT_TRUE(comes_true([&] { return first->replaced == 1; }));
  second->publish({game("new")});
  ASSERT_TRUE(comes_true([&] { return edge->frames.ends_with("new"); }));
  EXPECT_THAT(edge->frames.texts(), ElementsAre("new"));
}

TEST_F(Succession, LetsAStudioGoOnWhoseLeaseRanOutWhileNobodyFollowed) {
  const auto edge = make_edge();
  const auto studio = make_studio(silent());
  studio->take_over();
  ASSERT_TRUE(comes_true([&] {
    return server_.ask({"EXISTS", Keys("keisei").lease}).integer == 0;
  }));
  studio->publish({game("a")});
  EXPECT_TRUE(comes_true([&] { return edge->frames.ends_with("a"); }));
}

TEST_F(Succession, InheritsWhatASilentStudioLeftInItsOrder) {
  const auto edge = make_edge();
  StudioOptions options = silent();
  options.lease = std::chrono::seconds(2);
  const auto first = make_studio(options);
  first->hesitates = true;
  first->take_over();
  for (const char* text : {"a", "b", "c"}) edge->submit(text);
  ASSERT_TRUE(comes_true([&] { return first->inputs.ends_with("c"); }));
  const auto second = make_studio(studio_options());
  ASSERT_TRUE(stand_by(*second).get());
  edge->submit("d");
  EXPECT_TRUE(comes_true([&] { return edge->answers.ends_with("d: taken"); }));
  EXPECT_THAT(second->inputs.texts(), ElementsAre("a", "b", "c", "d"));
  EXPECT_THAT(edge->answers.texts(), ElementsAre("a: taken", "b: taken", "c: taken", "d: taken"));
}

TEST_F(Succession, RefusesTheReceiptOfAStudioThatWakesTooLate) {
  const auto edge = make_edge();
  StudioOptions options = silent();
  options.lease = std::chrono::seconds(2);
  const auto first = make_studio(options);
  first->hesitates = true;
  first->take_over();
  edge->submit("a");
  ASSERT_TRUE(comes_true([&] { return first->inputs.ends_with("a"); }));
  const auto second = make_studio(studio_options());
  second->hesitates = true;
  ASSERT_TRUE(stand_by(*second).get());
  ASSERT_TRUE(comes_true([&] { return second->inputs.ends_with("a"); }));
  first->receipts[0].take(first->epoch);
  ASSERT_TRUE(comes_true([&] { return first->replaced == 1; }));
  EXPECT_TRUE(edge->answers.texts().empty());
  second->receipts[0].refuse(broker::Refusal::full);
  EXPECT_TRUE(comes_true([&] { return edge->answers.ends_with("a: full"); }));
}

TEST_F(Succession, IsTakenOverAgainByWhoWasReplaced) {
  const auto edge = make_edge();
  const auto first = studio_on_air();
  const auto second = studio_on_air();
  ASSERT_TRUE(comes_true([&] { return first->replaced == 1; }));
  first->take_over();
  first->publish({game("again")});
  EXPECT_TRUE(comes_true([&] { return edge->frames.ends_with("again"); }));
  edge->submit("a");
  EXPECT_TRUE(comes_true([&] { return first->inputs.ends_with("a"); }));
}

}  // namespace
}  // namespace keisei::redis::testing
