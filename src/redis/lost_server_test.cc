#include "redis/faults_test_kit.h"
#include "redis/frame_codec.h"

namespace keisei::redis::testing {
namespace {

using namespace broker::testing;
using ::testing::AnyOf;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

class LostServer : public Faults {};

class LostServerThatKeepsAll : public Faults {
 protected:
  LostServerThatKeepsAll() : Faults(RedisServer::Keeps::all) {}
};

TEST_F(LostServer, RefusesInputsMeanwhile) {
  const auto edge = make_edge();
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  edge->submit("a");
  EXPECT_THAT(edge->answers.texts(), ElementsAre("a: unreachable"));
}

TEST_F(LostServer, LeavesEdgesWhatTheyHave) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  studio->publish({game("a")});
  ASSERT_TRUE(comes_true([&] { return edge->frames.ends_with("a"); }));
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  const RecordingEdge late(edge->edge);
  EXPECT_THAT(late.frames, ElementsAre("a"));
}

TEST_F(LostServer, IsToldAndThatItIsBack) {
  const auto edge = make_edge();
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  server_.start();
  ASSERT_TRUE(edge->comes_up());
  ASSERT_TRUE(comes_true([&] { return told_.lines().size() >= 2; }));
  EXPECT_THAT(told_.lines(),
              ElementsAre(HasSubstr("the edge's connection to Redis: stopped working"),
                          HasSubstr("the edge's connection to Redis: works again")));
}

TEST_F(LostServer, ComesBackToAStudioAndEdgesThatGoOn) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  server_.start();
  studio->publish({game("after")});
  EXPECT_TRUE(comes_true([&] { return edge->frames.ends_with("after"); }));
  ASSERT_TRUE(edge->comes_up());
  edge->submit("a");
  EXPECT_TRUE(comes_true([&] { return edge->answers.ends_with("a: taken"); }));
}

TEST_F(LostServer, IsGivenAgainWhatItHasForgotten) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  studio->publish({game("a"), status("b")});
  ASSERT_TRUE(comes_true([&] { return edge->frames.ends_with("b"); }));
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  server_.start();
  ASSERT_TRUE(comes_true([&] {
    return server_.ask({"HLEN", Keys("keisei").present}).integer == 3;
  }));
  const auto late = make_edge();
  EXPECT_TRUE(comes_true([&] { return late->frames.texts().size() == 2; }));
}

TEST_F(LostServer, IsGivenAgainWhatItHasForgottenAlsoWhenSomethingIsSaidMeanwhile) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  studio->publish({game("a"), status("b")});
  ASSERT_TRUE(comes_true([&] { return edge->frames.ends_with("b"); }));
  server_.pause();
  studio->publish({game("c")});
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  server_.start();
  EXPECT_TRUE(comes_true([&] {
    return server_.ask({"HLEN", Keys("keisei").present}).integer == 3;
  }));
}

TEST_F(LostServerThatKeepsAll, GetsAnInputThatWasOnItsWay) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  server_.pause();
  edge->submit("a");
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  server_.start();
  EXPECT_TRUE(comes_true([&] { return edge->answers.ends_with("a: taken"); }));
  EXPECT_THAT(studio->inputs.texts(), ElementsAre("a"));
}

TEST_F(LostServerThatKeepsAll, BringsTheAnswerToAnInputThatItHad) {
  const auto studio = make_studio(studio_options());
  studio->hesitates = true;
  studio->take_over();
  const auto edge = make_edge();
  edge->submit("a");
  ASSERT_TRUE(comes_true([&] { return studio->inputs.ends_with("a"); }));
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  studio->receipts[0].take(studio->epoch);
  server_.start();
  EXPECT_TRUE(comes_true([&] { return edge->answers.ends_with("a: taken"); }));
  EXPECT_THAT(studio->inputs.texts(), ElementsAre("a"));
}

// Whether it is there before its studio is, is a matter of luck.
TEST_F(LostServer, AnswersAnInputThatItHasForgottenOneWayOrTheOther) {
  const auto studio = make_studio(studio_options());
  studio->hesitates = true;
  studio->take_over();
  const auto edge = make_edge();
  edge->submit("a");
  ASSERT_TRUE(comes_true([&] { return studio->inputs.ends_with("a"); }));
  server_.kill();
  ASSERT_TRUE(edge->goes_down());
  studio->hesitates = false;
  server_.start();
  ASSERT_TRUE(comes_true([&] { return !edge->answers.texts().empty(); }));
  EXPECT_THAT(edge->answers.texts(), ElementsAre(AnyOf("a: taken", "a: no_studio")));
}

TEST_F(LostServer, AnswersWhatIsUnansweredWhenTheEdgeEnds) {
  const auto edge = make_edge();
  server_.pause();
  edge->submit("a");
  edge->edge.close();
  EXPECT_THAT(edge->answers.texts(), ElementsAre("a: unreachable"));
}

TEST_F(LostServer, RefusesWhatIsSubmittedAfterTheEnd) {
  const auto edge = make_edge();
  edge->edge.close();
  edge->submit("a");
  EXPECT_THAT(edge->answers.texts(), ElementsAre("a: unreachable"));
}

TEST_F(LostServer, LosesNothingOfWhatIsSaidWhenAllConnectionsBreak) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  std::vector<std::string> said;
  for (int i = 0; i < 60; ++i) {
    said.push_back(std::to_string(i));
    studio->publish({reply(said.back(), "c0ffee")});
    if (i % 20 == 10) server_.ask({"CLIENT", "KILL", "TYPE", "normal"});
  }
  ASSERT_TRUE(comes_true([&] { return edge->frames.ends_with("59"); }));
  EXPECT_EQ(edge->frames.texts(), said);
}

TEST_F(LostServer, LosesNothingOfWhatIsSaidToAnEdgeThatHadHeardNothing) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  server_.ask({"CLIENT", "KILL", "TYPE", "normal"});
  // Before it is back.
  server_.ask({"XADD", Keys("keisei").air, std::to_string(studio->epoch) + "-1", "frames",
               encode_frames({reply("first", "c0ffee")}).bytes});
  EXPECT_TRUE(comes_true([&] { return edge->frames.ends_with("first"); }));
}

TEST_F(LostServer, BringsEveryInputOnceWhenAllConnectionsBreak) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  std::vector<std::string> sent;
  for (int i = 0; i < 60; ++i) {
    ASSERT_TRUE(edge->comes_up());
    sent.push_back(std::to_string(i));
    edge->submit(sent.back());
    if (i % 20 == 10) server_.ask({"CLIENT", "KILL", "TYPE", "normal"});
  }
  ASSERT_TRUE(comes_true([&] { return edge->answers.texts().size() == sent.size(); }));
  std::vector<std::string> taken;
  for (const std::string& answer : edge->answers.texts()) {
    if (answer.ends_with("taken")) taken.push_back(answer.substr(0, answer.find(':')));
  }
  EXPECT_EQ(studio->inputs.texts(), taken);
}

TEST_F(LostServer, IsToldTheNewestWhenItHasBeenSilentForLong) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  server_.pause();
  std::vector<std::string> replies;
  for (int i = 0; i < 300; ++i) {
    replies.push_back("reply " + std::to_string(i));
    studio->publish({game("game " + std::to_string(i)), reply(replies.back(), "c0ffee")});
  }
  server_.go_on();
  ASSERT_TRUE(comes_true([&] { return edge->frames.ends_with("reply 299"); }));
  std::vector<std::string> heard = edge->frames.texts();
  EXPECT_THAT(heard, Contains("game 299"));
  EXPECT_THAT(heard, Not(Contains("game 200")));
  std::erase_if(heard, [](const std::string& text) { return text.starts_with("game"); });
  EXPECT_EQ(heard, replies);
}

TEST_F(LostServer, GivesNoEpochTwiceWhenItHasForgotten) {
  broker::Epoch before = 0;
  {
    const auto studio = studio_on_air();
    before = studio->epoch;
  }
  server_.ask({"FLUSHALL"});
  const auto studio = studio_on_air();
  EXPECT_GE(studio->epoch, before);
  const auto next = studio_on_air();
  EXPECT_GT(next->epoch, studio->epoch);
}

TEST_F(LostServer, SaysWhyItDoesNotLetUsIn) {
  server_.ask({"CONFIG", "SET", "requirepass", "secret"});
  const EdgeProcess edge(edge_options(), clock_, counters_, notices_);
  EXPECT_TRUE(comes_true([&] { return !told_.lines().empty(); }));
  EXPECT_THAT(told_.lines().front(), HasSubstr("NOAUTH"));
}

TEST_F(LostServer, LetsInWhoKnowsThePassword) {
  server_.ask({"CONFIG", "SET", "requirepass", "secret"});
  EdgeOptions options = edge_options();
  options.address.password = "secret";
  options.address.database = 3;
  EXPECT_TRUE(make_edge(options)->edge.is_connected());
}

}  // namespace
}  // namespace keisei::redis::testing
