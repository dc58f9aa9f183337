#include "search/tree_search.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>

#include "base/testing/manual_clock.h"
#include "rl/selfplay/material.h"
#include "shogi/insight/test_squares.h"
#include "shogi/test_builders.h"

namespace keisei::search {
namespace {

using shogi::Color;
using shogi::Game;
using shogi::Move;
using shogi::Position;
using shogi::to_usi;
using shogi::testing::play;
using shogi::testing::position;
using std::chrono::milliseconds;

/// Believes what it is told: a value for each position, and all of the policy but a little for the
/// favourite.
class Believer final : public Evaluator {
 public:
  explicit Believer(ManualClock& clock) : clock_(clock) {}

  void evaluate(std::span<const Question> questions, std::span<Answer> answers) override {
    ++calls;
    clock_.pass(cost);
    largest = std::max(largest, questions.size());
    for (std::size_t i = 0; i < questions.size(); ++i) {
      ++asked;
      const auto& moves = *questions[i].legal_moves;
      const float rest = 0.1F / static_cast<float>(moves.size());
      answers[i].log_probabilities.clear();
      for (const Move move : moves) {
        answers[i].log_probabilities.push_back(std::log(to_usi(move) == favourite ? 0.9F : rest));
      }
      answers[i].value = value(*questions[i].position);
    }
  }

  std::string favourite;
  std::function<float(const Position&)> value = [](const Position&) { return 0.0F; };
  milliseconds cost{0};
  std::size_t calls = 0, asked = 0, largest = 0;

 private:
  ManualClock& clock_;
};

struct Search : testing::Test {
  SearchResult run(const Game& game) {
    return TreeSearch(believer, clock, random).run(game, options, signal);
  }
  std::string best(const Game& game) { return to_usi(run(game).move); }

  ManualClock clock;
  Believer believer{clock};
  rl::Random random{1};
  SearchOptions options{.nodes = 400, .tree_bytes = 8 << 20};
  SearchSignal signal;
};

TEST_F(Search, MatesInOneAgainstThePolicy) {
  believer.favourite = "5i5h";
  const auto result = run(Game(position("4k4/9/4P4/9/9/9/9/9/4K4 b G 1")));
  EXPECT_EQ(to_usi(result.move), "G*5b");
  EXPECT_EQ(result.report.lines[0].score.mate_in, 1);
}

TEST_F(Search, MatesInThreeAgainstThePolicy) {
  believer.favourite = "G*5e";
  const auto result = run(Game(position("6ln1/6l1k/6S2/8N/9/9/9/9/9 b GS2r2b3g2s2n2l18p 1")));
  EXPECT_EQ(to_usi(result.move), "1d2b+");
  EXPECT_EQ(result.report.lines[0].score.mate_in, 3);
  EXPECT_EQ(result.report.lines[0].moves.size(), 3U);
}

TEST_F(Search, ProvesAMateThatIsNotAllChecks) {
  // A gold next to the king's only way out threatens mate, and nothing parries.
  believer.favourite = "9i9h";
  const auto result = run(Game(position("8k/9/8P/9/9/9/9/9/K8 b 2G 1")));
  ASSERT_TRUE(result.report.lines[0].score.mate_in);
  EXPECT_GT(*result.report.lines[0].score.mate_in, 0);
}

TEST_F(Search, SeesThatAMoveAllowsMate) {
  // Black's pawn and gold in hand mate at 5b; only White's king or a piece of its own helps.
  believer.favourite = "9a9d";
  const Game game(position("r3k4/9/4P4/9/9/9/9/9/4K4 w G 1"));
  const auto result = run(game);
  EXPECT_NE(to_usi(result.move), "9a9d");
  EXPECT_FALSE(result.report.lines[0].score.mate_in);
}

TEST_F(Search, TakesWhatIsLeftHangingForEitherSide) {
  believer.value = [](const Position& at) {
    return static_cast<float>(std::tanh(8 * rl::material_balance(at)));
  };
  const Position board = position("4k4/9/9/4g4/9/9/4R4/9/4K4 b - 1");
  EXPECT_EQ(best(Game(board)).substr(0, 4), "5g5d");
  EXPECT_EQ(best(Game(shogi::testing::rotated(board))).substr(0, 4), "5c5f");
}

TEST_F(Search, ReportsTheValueForThePlayerToMove) {
  believer.value = [](const Position& at) {
    return at.side_to_move() == Color::black ? 0.5F : -0.5F;
  };
  EXPECT_NEAR(run(Game()).report.lines[0].score.value, 0.5, 0.05);
  Game reply;
  play(reply, {"7g7f"});
  EXPECT_NEAR(run(reply).report.lines[0].score.value, -0.5, 0.05);
}

TEST_F(Search, DoesNotCheckOnceTooOften) {
  Game game(position("8k/9/9/9/6R2/9/9/9/K8 b - 1"));
  play(game, {"3e1e", "1a2a", "1e2e", "2a1a"});
  play(game, {"2e1e", "1a2a", "1e2e", "2a1a"}, 2);
  believer.favourite = "2e1e";  // now a loss by perpetual check
  believer.value = [](const Position& at) {
    return at.side_to_move() == Color::black ? -0.9F : 0.9F;
  };
  EXPECT_NE(best(game), "2e1e");
}

TEST_F(Search, RepeatsForADrawRatherThanLose) {
  Game game(position("4k4/9/9/9/9/9/9/9/4K4 b - 1"));
  play(game, {"5i5h", "5a5b", "5h5i", "5b5a"}, 2);
  play(game, {"5i5h", "5a5b", "5h5i"});
  believer.value = [](const Position& at) {
    return at.side_to_move() == Color::black ? 0.9F : -0.9F;
  };
  const auto result = run(game);
  EXPECT_EQ(to_usi(result.move), "5b5a");
  EXPECT_EQ(result.report.lines[0].score, Score{});
}

TEST_F(Search, CountsTheLimitOfPliesAsADraw) {
  believer.value = [](const Position&) { return 0.9F; };
  const auto result = run(Game(Position::startpos(), {.max_plies = 1}));
  EXPECT_EQ(result.report.lines[0].score, Score{});
  EXPECT_EQ(result.report.lines[0].moves.size(), 1U);
}

TEST_F(Search, KnowsThatTheOpponentMayDeclare) {
  const Game game(position("+R+R+B+B1K3/GGGGSS3/9/9/9/9/9/9/8k w 2P 1"),
                  {.automatic_declaration = false});
  EXPECT_EQ(run(game).report.lines[0].score.mate_in, -2);
}

TEST_F(Search, PlaysThePolicyAloneWithOneNode) {
  options.nodes = 1;
  believer.favourite = "9g9f";
  const auto result = run(Game());
  EXPECT_EQ(to_usi(result.move), "9g9f");
  EXPECT_EQ(believer.asked, 1U);
  EXPECT_EQ(result.report.nodes, 1U);
}

TEST_F(Search, LooksAtNoMoreNodesThanAllowed) {
  for (const std::uint64_t nodes : {2U, 7U, 100U, 333U}) {
    options.nodes = nodes;
    believer.asked = 0;
    EXPECT_EQ(run(Game()).report.nodes, nodes);
    EXPECT_LE(believer.asked, nodes);
  }
}

TEST_F(Search, EndsBeforeItsDeadline) {
  options.nodes = 0;
  believer.cost = milliseconds(10);
  const SteadyTime deadline = clock.steady() + milliseconds(105);
  signal.set_deadline(deadline);
  run(Game());
  EXPECT_LE(clock.steady(), deadline);
  EXPECT_EQ(believer.calls, 10U);
}

TEST_F(Search, HasAMoveEvenWhenStoppedAtOnce) {
  options.nodes = 0;
  signal.stop();
  EXPECT_TRUE(Position::startpos().is_legal(run(Game()).move));
  EXPECT_EQ(believer.asked, 1U);
}

TEST_F(Search, EndsWhenItsMemoryIsFull) {
  options.nodes = 0;
  options.tree_bytes = 1 << 20;
  EXPECT_GT(run(Game()).report.permille_used, 900);
}

TEST_F(Search, EvaluatesLeavesTogether) {
  run(Game());
  EXPECT_EQ(believer.largest, static_cast<std::size_t>(options.batch));
  EXPECT_LT(2 * believer.calls, believer.asked);
}

TEST_F(Search, GivesTheSameAnswerAgain) {
  believer.value = [](const Position& at) {
    return static_cast<float>(at.key() % 1000) / 1000 - 0.5F;
  };
  const auto first = run(Game()), second = run(Game());
  EXPECT_EQ(first.move, second.move);
  EXPECT_EQ(first.report.lines[0].moves, second.report.lines[0].moves);
  EXPECT_EQ(first.report.lines[0].score, second.report.lines[0].score);
}

TEST_F(Search, ReportsLegalLinesBestFirst) {
  options.lines = 5;
  const auto lines = run(Game()).report.lines;
  ASSERT_EQ(lines.size(), 5U);
  for (const SearchLine& line : lines) {
    Game game;
    for (const Move move : line.moves) {
      ASSERT_TRUE(game.legal_moves().contains(move));
      game.play(move);
    }
  }
}

TEST_F(Search, DrawsDifferentMovesWhenWarm) {
  options.nodes = 60;
  options.temperature = 1;
  std::set<std::string> moves;
  for (int i = 0; i < 20; ++i) moves.insert(best(Game()));
  EXPECT_GT(moves.size(), 3U);
}

TEST_F(Search, NeverDrawsAMoveThatLoses) {
  options.nodes = 200;
  options.temperature = 10;
  for (int i = 0; i < 20; ++i) {
    EXPECT_NE(best(Game(position("r3k4/9/4P4/9/9/9/9/9/4K4 w G 1"))), "9a9d");
  }
}

}  // namespace
}  // namespace keisei::search
