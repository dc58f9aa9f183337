#include "recording/lines.h"

#include <gmock/gmock.h>

#include <chrono>
#include <limits>
#include <memory>
#include <sstream>

#include "recording/recording_test_kit.h"

namespace keisei::recording {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

Result<std::vector<Turn>> read(const std::string& text, const Moment& begin = testing::kBegin) {
  LineReader reader(begin);
  std::vector<Turn> turns;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    auto turn = reader.read(line);
    if (!turn) return tl::unexpected(turn.error());
    if (*turn) turns.push_back(std::move(**turn));
  }
  return turns;
}

std::string written(const std::vector<Turn>& turns) {
  std::string text;
  LineWriter writer(testing::kBegin);
  for (const Turn& turn : turns) writer.append(text, turn);
  return text;
}

TEST(Lines, BringEveryKindOfTurnBack) {
  const std::vector<Turn> turns = {
      testing::turn(1us, broker::TrainerOpened{broker::kMaxSession}),
      testing::turn(2ms, broker::Telemetry{7, "{\"type\":\"\\u0000\",\"x\":\"将棋\"}\r\n\t\x7F"}),
      testing::turn(3s, Appointment{}),
      testing::turn(4s, PromiseAnswered{true}),
      testing::turn(5s, broker::TrainerClosed{7}),
      testing::turn(6s, broker::ViewerSaid{"c0ffee", "{}"}),
      testing::turn(7s, broker::OperatorSaid{protocol::Command::resume_streaming}),
      testing::turn(8s, broker::ChatSaid{"web", "ann", "7g7f"}),
      testing::turn(9s, broker::ViewersCounted{"edge", 3})};
  const auto again = read(written(turns));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(testing::texts(*again), testing::texts(turns));
  EXPECT_EQ(std::get<broker::Telemetry>(std::get<broker::Input>((*again)[1].cause)).json,
            std::get<broker::Telemetry>(std::get<broker::Input>(turns[1].cause)).json);
}

TEST(Lines, TakeLittleForAnAppointment) {
  EXPECT_EQ(written({testing::turn(20ms, Appointment{})}), "{\"after\":20000}\n");
}

TEST(Lines, KeepAWallClockThatIsSet) {
  Turn set = testing::turn(20ms, Appointment{});
  set.at.wall -= 1h;
  const std::vector<Turn> turns = {set, testing::turn(21ms, Appointment{})};
  const auto again = read(written(turns));
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)[0].at, turns[0].at);
  EXPECT_EQ((*again)[1].at, turns[1].at);
}

TEST(Lines, BringBackWhatWasRecalledToTheLastBit) {
  Turn turn = testing::turn(1ms, broker::Telemetry{7, "{}"});
  turn.recalls.push_back({"run", nullptr});
  turn.recalls.push_back({std::nullopt, testing::memory()});
  const auto again = read(written({turn}));
  ASSERT_TRUE(again) << again.error().message;
  ASSERT_EQ((*again)[0].recalls.size(), 2U);
  EXPECT_EQ((*again)[0].recalls[0].run_id, "run");
  EXPECT_EQ((*again)[0].recalls[0].memory, nullptr);
  EXPECT_EQ((*again)[0].recalls[1].run_id, std::nullopt);
  const store::RunMemory& memory = *(*again)[0].recalls[1].memory;
  EXPECT_EQ(memory.run.run_id, "run");
  EXPECT_EQ(memory.segment, 3);
  EXPECT_EQ(memory.games, 5);
  EXPECT_EQ(memory.game_number, 4);
  EXPECT_FALSE(memory.is_whole);
  ASSERT_EQ(memory.updates.size(), 2U);
  EXPECT_EQ(memory.updates[1].metrics.update, 2);
  EXPECT_EQ(memory.updates[0].metrics.metrics.at("a"), 1.0 / 3);
  EXPECT_EQ(memory.updates[0].metrics.metrics.at("b"), std::numeric_limits<double>::min());
  EXPECT_EQ(memory.updates[0].metrics.metrics.at("c"), std::nullopt);
  ASSERT_EQ(memory.finished.size(), 1U);
  EXPECT_THAT(memory.finished[0].game.moves, ElementsAre("7g7f", "3c3d"));
  EXPECT_EQ(memory.moves[0].value, -0.1);
  EXPECT_EQ(memory.evaluations[0].evaluation.elo, 1e300);
  EXPECT_EQ(memory.milestones[0].reached_at, 1763848000.1234567);
  EXPECT_EQ(memory.milestones[0].side, protocol::Side::white);
}

TEST(Lines, BringBackThatNobodyKnew) {
  Turn turn = testing::turn(1ms, Appointment{});
  turn.recalls.push_back({"run", nullptr, true});
  const auto again = read(written({turn}));
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE((*again)[0].recalls.at(0).is_unreadable);
}

TEST(Lines, ReadWhatWasRecalledBeforeItWasToldHowWholeItIs) {
  const auto again = read(R"({"recalled":{"run_id":null,"found":true,"segment":1,"games":7}})"
                          "\n{\"after\":1}\n");
  ASSERT_TRUE(again) << again.error().message;
  const Recall& recall = (*again)[0].recalls.at(0);
  EXPECT_FALSE(recall.is_unreadable);
  EXPECT_TRUE(recall.memory->is_whole);
  EXPECT_EQ(recall.memory->game_number, 7);
}

TEST(Lines, RefuseWhatIsNone) {
  const std::vector<std::pair<std::string, std::string>> bad = {
      {"", "no JSON"},
      {"[]", "no JSON object"},
      {"{}", "no time"},
      {R"({"after":"soon"})", "after"},
      {R"({"after":9000000000000001})", "after"},
      {R"({"after":1,"shift":-9000000000000001})", "shift"},
      {R"({"after":9000000000000000})", "no clock can be"},
      {R"({"after":1,"gossip":{}})", "gossip"},
      {R"({"after":1,"telemetry":{"session":-1,"json":""}})", "telemetry.session"},
      {R"({"kept_update":{}})", "nothing that was recalled"},
      {R"({"gossip":{}})", "nothing that was recalled"}};
  for (const auto& [line, why] : bad) {
    LineReader reader(testing::kBegin);
    const auto turn = reader.read(line);
    ASSERT_FALSE(turn) << line;
    EXPECT_THAT(turn.error().message, HasSubstr(why)) << line;
  }
}

}  // namespace
}  // namespace keisei::recording
