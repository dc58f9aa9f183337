#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <memory>
#include <sstream>

#include "engine_process.h"
#include "shogi/game.h"
#include "shogi/usi.h"
#include "small_checkpoint.h"

namespace {

using keisei::shogi::parse_usi;
using keisei::shogi::Position;
using std::chrono::milliseconds;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Longer than anything takes, also on a busy machine; no test waits that long when all is well.
constexpr milliseconds kPatience{30'000};
// Long enough to see that no answer comes.
constexpr milliseconds kMoment{200};

struct Gui : testing::Test {
  explicit Gui(EngineProcess& with) : engine(with) {}

  std::string ask(std::string_view command, std::string_view answer) {
    engine.send(command);
    return engine.read_until(answer, kPatience).value_or("(no answer)");
  }
  /// The move of "bestmove …", as the position's legal move.
  static bool is_legal_answer(const std::string& line, const Position& position) {
    std::istringstream words(line);
    std::string bestmove, move;
    words >> bestmove >> move;
    return bestmove == "bestmove" && parse_usi(move, position).has_value();
  }
  /// Whether the engine still works.
  void expect_alive() { EXPECT_EQ(ask("isready", "readyok"), "readyok"); }

  EngineProcess& engine;
};

const SmallCheckpoint& checkpoint() {
  static const SmallCheckpoint small;
  return small;
}
std::unique_ptr<EngineProcess> started(const std::string& path) {
  return std::make_unique<EngineProcess>(
      std::vector<std::string>{KEISEI_USI, "--checkpoint", path, "--nodes", "50"});
}

// One engine for all tests, since starting one costs a second or two: what a test sets, it puts
// back.
struct Usi : Gui {
  Usi() : Gui(*shared) { engine.send("usinewgame"); }
  static void SetUpTestSuite() { shared = started(checkpoint().path()); }
  static void TearDownTestSuite() { shared.reset(); }
  static std::unique_ptr<EngineProcess> shared;
};
std::unique_ptr<EngineProcess> Usi::shared;

// One that the test may end.
struct OwnUsi : Gui {
  explicit OwnUsi(std::unique_ptr<EngineProcess> from = started(checkpoint().path()))
      : Gui(*from), own(std::move(from)) {}
  std::unique_ptr<EngineProcess> own;
};

struct UsiWithoutCheckpoint : OwnUsi {
  UsiWithoutCheckpoint() : OwnUsi(started(checkpoint().folder() + "/none")) {}
};

const std::string kMateInOne = "position sfen 4k4/9/4P4/9/9/9/9/9/4K4 b G 1";

TEST_F(OwnUsi, PlaysAGameAsAGuiConductsIt) {
  EXPECT_EQ(ask("usi", "usiok"), "usiok");
  EXPECT_THAT(engine.skipped, Contains(StartsWith("id name Keisei Showcase")));
  EXPECT_THAT(engine.skipped, Contains(StartsWith("id author ")));
  EXPECT_THAT(engine.skipped,
              Contains("option name Nodes type spin default 50 min 0 max 1000000000"));
  EXPECT_THAT(engine.skipped,
              Contains("option name Checkpoint type filename default " + checkpoint().path()));
  engine.send("setoption name USI_Ponder value true");
  engine.send("setoption name USI_Hash value 16");
  engine.send("setoption name MultiPV value 2");
  EXPECT_EQ(ask("isready", "readyok"), "readyok");
  EXPECT_THAT(engine.skipped, Contains(AllOf(StartsWith("info string "), HasSubstr("parameters"))));
  engine.send("usinewgame");

  engine.send("position startpos");
  const std::string first = ask("go btime 60000 wtime 60000 byoyomi 10000", "bestmove ");
  EXPECT_TRUE(is_legal_answer(first, Position::startpos())) << first;
  EXPECT_THAT(first, HasSubstr(" ponder "));
  EXPECT_THAT(engine.skipped,
              Contains(AllOf(StartsWith("info depth "), HasSubstr(" nodes 50 "),
                             HasSubstr(" multipv 1 score cp "), HasSubstr(" pv "))));

  Position position = Position::startpos();
  position.do_move(parse_usi("7g7f", position).value());
  position.do_move(parse_usi("3c3d", position).value());
  engine.send("position startpos moves 7g7f 3c3d");
  EXPECT_TRUE(
      is_legal_answer(ask("go btime 1000 wtime 1000 binc 500 winc 500", "bestmove "), position));
  EXPECT_TRUE(is_legal_answer(ask("go nodes 3", "bestmove "), position));
  EXPECT_TRUE(is_legal_answer(ask("go movetime 30", "bestmove "), position));
  engine.send("gameover win");
  expect_alive();
  engine.send("quit");
  EXPECT_EQ(engine.wait(kPatience), 0);
}

TEST_F(Usi, ThinksUntilItIsStopped) {
  engine.send("position startpos");
  engine.send("go infinite");
  EXPECT_FALSE(engine.read_until("bestmove", kMoment));
  EXPECT_TRUE(is_legal_answer(ask("stop", "bestmove"), Position::startpos()));
}

TEST_F(Usi, AnswersCommandsWhileItThinks) {
  engine.send("position startpos");
  engine.send("go infinite");
  expect_alive();
  EXPECT_TRUE(is_legal_answer(ask("stop", "bestmove"), Position::startpos()));
}

TEST_F(Usi, PondersUntilTheMoveIsPlayed) {
  engine.send("position startpos moves 7g7f 3c3d");
  engine.send("go ponder btime 60000 wtime 60000 byoyomi 1000");
  EXPECT_FALSE(engine.read_until("bestmove", kMoment));
  EXPECT_THAT(ask("ponderhit", "bestmove"), StartsWith("bestmove "));
}

TEST_F(Usi, AnswersOnceWhenPonderingIsStopped) {
  engine.send("position startpos moves 7g7f 3c3d");
  engine.send("go ponder btime 60000 wtime 60000 byoyomi 1000");
  EXPECT_THAT(ask("stop", "bestmove"), StartsWith("bestmove "));
  EXPECT_FALSE(engine.read_until("bestmove", kMoment));
}

TEST_F(Usi, AnswersEveryGoOnceWhenTheGameIsOver) {
  engine.send("position startpos");
  engine.send("go infinite");
  EXPECT_THAT(ask("gameover lose", "bestmove"), StartsWith("bestmove "));
  expect_alive();
  EXPECT_THAT(engine.skipped, testing::Not(Contains(StartsWith("bestmove"))));
}

TEST_F(Usi, MatesResignsAndDeclares) {
  engine.send(kMateInOne);
  EXPECT_EQ(ask("go byoyomi 1000", "bestmove"), "bestmove G*5b");
  EXPECT_THAT(engine.skipped, Contains(HasSubstr("score mate 1 pv G*5b")));
  engine.send(kMateInOne + " moves G*5b");
  EXPECT_EQ(ask("go byoyomi 1000", "bestmove"), "bestmove resign");
  engine.send("position sfen +R+R+B+BK4/GGGGSS3/9/9/9/9/9/9/8k b 2P 1");
  EXPECT_EQ(ask("go byoyomi 1000", "bestmove"), "bestmove win");
}

TEST_F(Usi, SolvesMatesOrSaysWhatItKnows) {
  engine.send("position sfen 6ln1/6l1k/6S2/8N/9/9/9/9/9 b GS2r2b3g2s2n2l18p 1");
  EXPECT_THAT(ask("go mate infinite", "checkmate"), StartsWith("checkmate 1d2b+ "));
  engine.send("position startpos");
  EXPECT_EQ(ask("go mate 1000", "checkmate"), "checkmate nomate");
  engine.send("position sfen 4k4/9/9/9/9/9/9/9/4K4 b RB2G2S2N2L9Prb2g2s2n2l9p 1");  // too much
  EXPECT_EQ(ask("go mate 100", "checkmate"), "checkmate timeout");
  engine.send("go mate infinite");
  EXPECT_FALSE(engine.read_until("checkmate", kMoment));
  EXPECT_EQ(ask("stop", "checkmate"), "checkmate timeout");
}

TEST_F(Usi, PlaysOnWhenTheGuiDoes) {
  // The position occurs for the fourth time, and Black has more moves than the limit allows.
  engine.send("setoption name MaxPlies value 10");
  std::string moves = "position startpos moves";
  for (int i = 0; i < 3; ++i) moves += " 5i5h 5a5b 5h5i 5b5a";
  engine.send(moves);
  EXPECT_TRUE(is_legal_answer(ask("go byoyomi 1000", "bestmove"), Position::startpos()));
  engine.send("setoption name MaxPlies value 0");
}

TEST_F(Usi, SaysWhatIsWrongAndLosesNothing) {
  engine.send("position startpos moves 7g7f");
  EXPECT_THAT(ask("position startpos moves 7g7f 3c3e", "info string error"),
              HasSubstr("move 2: move \"3c3e\": "));
  EXPECT_THAT(ask("position sfen nonsense", "info string error"), HasSubstr("position: "));
  EXPECT_THAT(ask("position here", "info string error"),
              HasSubstr("startpos or sfen must come first"));
  EXPECT_THAT(ask("make tea", "info string error"), HasSubstr("unknown command \"make\""));
  EXPECT_THAT(ask("setoption name Elo value 3000", "info string error"),
              HasSubstr("there is no option \"Elo\""));
  EXPECT_THAT(ask("setoption name Nodes value many", "info string error"),
              HasSubstr("Nodes is a number from 0 to"));
  EXPECT_THAT(ask("go byoyomi soon", "info string error"), HasSubstr("a number follows byoyomi"));
  const std::string answer = engine.read_until("bestmove", kPatience).value_or("");
  Position position = Position::startpos();
  position.do_move(parse_usi("7g7f", position).value());
  EXPECT_TRUE(is_legal_answer(answer, position)) << answer;
}

TEST_F(Usi, KeepsTheCheckpointThatItHasWhenAnotherIsNoGood) {
  expect_alive();
  const std::string foreign = checkpoint().folder() + "/foreign.keisei";
  std::ofstream(foreign) << "PK\x03\x04 a network of somebody else's";
  engine.send("setoption name Checkpoint value " + foreign);
  EXPECT_EQ(ask("isready", "readyok"), "readyok");
  EXPECT_THAT(engine.skipped, Contains(AllOf(StartsWith("info string error: " + foreign),
                                             HasSubstr("the checkpoint before is kept"))));
  EXPECT_TRUE(is_legal_answer(ask("go byoyomi 1000", "bestmove"), Position::startpos()));
  engine.send("setoption name Checkpoint value " + checkpoint().path());
}

TEST_F(OwnUsi, StopsThinkingWhenTheGuiIsGone) {
  engine.send("go infinite");
  engine.close_input();
  EXPECT_EQ(engine.wait(kPatience), 0);
}

TEST_F(UsiWithoutCheckpoint, SaysSoAndResigns) {
  EXPECT_EQ(ask("isready", "readyok"), "readyok");
  EXPECT_THAT(engine.skipped, Contains(AllOf(StartsWith("info string error: "),
                                             HasSubstr("none: cannot be read"))));
  EXPECT_EQ(ask("go byoyomi 1000", "bestmove"), "bestmove resign");
  EXPECT_THAT(engine.skipped, Contains(HasSubstr("no checkpoint is loaded")));
}

TEST_F(UsiWithoutCheckpoint, TakesOneThatIsChosenLater) {
  engine.send("setoption name Checkpoint value " + checkpoint().folder());
  expect_alive();
  EXPECT_TRUE(is_legal_answer(ask("go byoyomi 1000", "bestmove"), Position::startpos()));
}

}  // namespace
