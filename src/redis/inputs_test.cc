#include "redis/faults_test_kit.h"
#include "redis/frame_codec.h"

namespace keisei::redis::testing {
namespace {

using namespace broker::testing;
using ::testing::ElementsAre;

class Inputs : public Faults {};

TEST_F(Inputs, LeaveNothingBehindWhenTheyAreAnswered) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  for (const char* text : {"a", "b"}) edge->submit(text);
  ASSERT_TRUE(comes_true([&] { return edge->answers.texts().size() == 2; }));
  EXPECT_EQ(inputs_waiting(), 0);
  EXPECT_EQ(server_.ask({"EXISTS", Keys("keisei").bytes}).integer, 0);
}

TEST_F(Inputs, AreRefusedWhenTooManyWait) {
  const auto studio = make_studio(studio_options());
  studio->hesitates = true;
  studio->take_over();
  EdgeOptions options = edge_options();
  options.most_inputs = 2;
  options.reserve = 1;
  const auto edge = make_edge(options);
  for (const char* text : {"a", "b", "c"}) edge->submit(text);
  EXPECT_TRUE(comes_true([&] { return edge->answers.ends_with("c: full"); }));
  EXPECT_EQ(inputs_waiting(), 2);
}

TEST_F(Inputs, OfWhichThereAreFewMayTakeTheReserve) {
  const auto studio = make_studio(studio_options());
  studio->studio.take_over([](broker::Input, broker::Receipt receipt) { receipt.take(1); });
  EdgeOptions options = edge_options();
  options.most_inputs = 0;
  options.reserve = 1;
  const auto edge = make_edge(options);
  std::atomic<bool> taken = false;
  edge->edge.submit(broker::TrainerOpened{1},
                    [&](const broker::Answer& a) { taken = a.has_value(); });
  EXPECT_TRUE(comes_true([&] { return taken.load(); }));
}

TEST_F(Inputs, AreRefusedWhenTooManyBytesWait) {
  const auto studio = make_studio(studio_options());
  studio->hesitates = true;
  studio->take_over();
  EdgeOptions options = edge_options();
  options.most_input_bytes = 100;
  const auto edge = make_edge(options);
  edge->submit("a");
  edge->submit(std::string(100, 'b'));
  edge->submit("c");
  ASSERT_TRUE(comes_true([&] { return studio->inputs.ends_with("c"); }));
  EXPECT_THAT(edge->answers.texts(), ElementsAre(::testing::EndsWith("b: full")));
}

TEST_F(Inputs, AreRefusedWhenTooMuchOfAnEdgeIsUnanswered) {
  const auto studio = studio_on_air();
  EdgeOptions options = edge_options();
  options.most_unanswered_bytes = 1000;
  const auto edge = make_edge(options);
  edge->submit(std::string(1000, 'x'));
  EXPECT_THAT(edge->answers.texts(), ElementsAre(::testing::EndsWith("x: full")));
}

TEST_F(Inputs, WaitOnTheServerWhenTheStudioHasItsHandsFull) {
  StudioOptions options = studio_options();
  options.in_hand.entries = 1;
  const auto studio = make_studio(options);
  const auto edge = make_edge();
  studio->take_over();
  for (int i = 0; i < 200; ++i) edge->submit(std::to_string(i));
  ASSERT_TRUE(comes_true([&] { return edge->answers.texts().size() == 200; }));
  EXPECT_EQ(studio->inputs.texts().size(), 200u);
}

TEST_F(Inputs, ThatCannotBeReadAreAnsweredAndHoldNobodyUp) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  server_.ask({"XADD", Keys("keisei").inputs, "*", "edge", "other", "number", "1", "type", "dance",
               "data", "{}"});
  edge->submit("a");
  EXPECT_TRUE(comes_true([&] { return edge->answers.ends_with("a: taken"); }));
  ASSERT_TRUE(comes_true([&] { return inputs_waiting() == 0; }));
  const Reply answers = server_.ask({"XRANGE", Keys("keisei").answers + "other", "-", "+"});
  ASSERT_EQ(answers.list.size(), 1u);
  EXPECT_EQ(answers.list[0].list[1].list[3].text, "stopped");
  EXPECT_EQ(count_unreadable(counters_)[Unreadable::inputs].value(), 1u);
}

TEST_F(Inputs, OfManyEdgesComeEachInItsOrder) {
  const auto studio = studio_on_air();
  const auto one = make_edge();
  const auto other = make_edge();
  for (int i = 0; i < 50; ++i) {
    one->submit("1." + std::to_string(i));
    other->submit("2." + std::to_string(i));
  }
  ASSERT_TRUE(comes_true([&] { return studio->inputs.texts().size() == 100; }));
  std::vector<int> next{0, 0};
  for (const std::string& text : studio->inputs.texts()) {
    int& expected = next[text[0] == '1' ? 0 : 1];
    EXPECT_EQ(text.substr(2), std::to_string(expected++));
  }
}

TEST_F(Inputs, AreAnsweredWhereTheyCameFrom) {
  const auto studio = studio_on_air();
  const auto one = make_edge();
  const auto other = make_edge();
  one->submit("a");
  other->submit("b");
  EXPECT_TRUE(comes_true([&] { return one->answers.ends_with("a: taken"); }));
  EXPECT_TRUE(comes_true([&] { return other->answers.ends_with("b: taken"); }));
}

class Frames : public Faults {};

TEST_F(Frames, ThatAnEdgeHasMissedAreMadeUpForByTheNewest) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  studio->publish({game("heard"), status("kept")});
  ASSERT_TRUE(comes_true([&] { return edge->frames.ends_with("kept"); }));
  // As if much had been said since, and the server kept only the last of it.
  const Keys keys("keisei");
  server_.ask({"HSET", keys.present, "game_state", encode_frames({game("missed")}).bytes});
  server_.ask({"XADD", keys.air, std::to_string(studio->epoch) + "-9", "frames", ""});
  ASSERT_TRUE(comes_true([&] { return edge->frames.ends_with("missed"); }));
  EXPECT_THAT(edge->frames.texts(), ElementsAre("heard", "kept", "missed"));
  EXPECT_EQ(counters_.counter("keisei_broker_gaps_total", "").value(), 1u);
}

TEST_F(Frames, ThatCannotBeReadAreLeftOutAndCounted) {
  const auto studio = studio_on_air();
  const auto edge = make_edge();
  server_.ask({"XADD", Keys("keisei").air, std::to_string(studio->epoch) + "-1", "frames", "?"});
  EXPECT_TRUE(
      comes_true([&] { return count_unreadable(counters_)[Unreadable::frames].value() == 1; }));
  EXPECT_TRUE(comes_true([&] {
    return !told_.lines().empty() &&
           told_.lines().back().find("frame 1 of a batch ends too early") != std::string::npos;
  }));
}

}  // namespace
}  // namespace keisei::redis::testing
