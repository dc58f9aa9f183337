#include "rl/selfplay/game_reporter.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "rl/run/trainer.h"
#include "rl/testing/tiny_options.h"
#include "shogi/usi.h"

namespace keisei::rl {
namespace {

const SystemClock kClock;

struct Told {
  std::vector<hook::MoveEvent> moves;
  std::vector<hook::AttentionEvent> attention;
  std::vector<hook::GameFinishedEvent> finished;

  GameReporter::Sinks sinks() {
    return {.move = [this](const auto& e) { moves.push_back(e); },
            .attention = [this](const auto& e) { attention.push_back(e); },
            .finished = [this](const auto& e) { finished.push_back(e); }};
  }
};

TEST(GameReporter, TellsAGameThatCanBeReplayedMoveByMove) {
  Told told;
  GameReporter featured(told.sinks(), 1e9, 1, kClock);
  Trainer trainer(tiny_options(), kClock);
  while (told.finished.size() < 2) ASSERT_TRUE(trainer.iterate(&featured));

  const auto& finished = told.finished[1];
  shogi::Game game(*shogi::Position::from_sfen(finished.start_sfen.data()), {.max_plies = 40});
  int compared = 0;
  for (const auto& move : told.moves) {
    if (move.game_number != finished.game_number) continue;
    EXPECT_EQ(move.ply, game.ply());
    EXPECT_EQ(move.sfen.data(), game.position().sfen());
    EXPECT_EQ(static_cast<std::size_t>(move.legal_moves), game.legal_moves().size());
    EXPECT_STREQ(move.usi.data(), finished.moves[static_cast<std::size_t>(move.ply)].data());
    const auto played = shogi::parse_usi(move.usi.data(), game.position());
    ASSERT_TRUE(played) << played.error().message;
    const auto to = static_cast<std::size_t>(board_square(played->to()));
    EXPECT_GE(move.destinations[to], move.probability * 0.999F);
    float mass = 0;
    for (const float share : move.destinations) mass += share;
    EXPECT_NEAR(mass, 1, 1e-4);
    for (std::size_t i = 0; i < move.top.size(); ++i) {
      const auto& top = move.top[i];
      EXPECT_TRUE(shogi::parse_usi(top.usi.data(), game.position()));
      const auto& better = move.top[i == 0 ? 0 : i - 1];
      EXPECT_LE(top.probability, better.probability);
    }
    game.play(*played);
    ++compared;
  }
  EXPECT_EQ(compared, finished.moves.count);
  ASSERT_TRUE(game.is_over());
  EXPECT_EQ(to_string(finished.reason), shogi::to_string(game.result()->reason));
}

TEST(GameReporter, CountsEveryPlyOfAGameThatIsNotStreamed) {
  Told told;
  int asked = 0;
  std::size_t left_out = 0;
  GameReporter::Sinks sinks = told.sinks();
  sinks.step = [&] { return ++asked % 3 == 0; };
  sinks.left_out = [&] { ++left_out; };
  GameReporter featured(std::move(sinks), 1e9, 1, kClock);
  Trainer trainer(tiny_options(), kClock);
  while (told.finished.size() < 2) ASSERT_TRUE(trainer.iterate(&featured));
  EXPECT_GT(told.moves.size(), 0U);
  EXPECT_EQ(told.moves.size() + left_out, static_cast<std::size_t>(asked));
}

TEST(GameReporter, GivesAttentionForEveryPlyUnlessItIsLimited) {
  Told all, none;
  GameReporter every(all.sinks(), 1e9, 1, kClock), off(none.sinks(), 0, 1, kClock);
  Trainer(tiny_options(), kClock).iterate(&every);
  Trainer(tiny_options(), kClock).iterate(&off);
  EXPECT_EQ(all.attention.size(), all.moves.size());
  EXPECT_EQ(all.attention[0].gates.count, 8);
  EXPECT_TRUE(none.attention.empty());
  EXPECT_EQ(none.moves.size(), 16U);
}

}  // namespace
}  // namespace keisei::rl
