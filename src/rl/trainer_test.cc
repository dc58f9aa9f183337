#include "rl/trainer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "rl/featured_game.h"
#include "rl/run_log.h"
#include "shogi/usi.h"

namespace keisei::rl {
namespace {

Options tiny() {
  Options options;
  options.network = {.depth = 1, .width = 8, .policy_head = PolicyHead::attention};
  options.environment = {.count = 3, .max_plies = 40};
  options.ppo.steps = 24;
  options.ppo.epochs = 2;
  options.ppo.minibatch = 24;
  options.run.threads = 2;
  return options;
}

class Folder : public testing::Test {
 protected:
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "keisei-rl-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~Folder() override { std::filesystem::remove_all(path_); }
  std::string path_;
};
using CheckpointFile = Folder;
using RunLogFile = Folder;

const SystemClock kClock;

struct Told {
  std::vector<hook::MoveEvent> moves;
  std::vector<hook::AttentionEvent> attention;
  std::vector<hook::GameFinishedEvent> finished;

  FeaturedGame::Sinks sinks() {
    return {[this](const auto& e) { moves.push_back(e); },
            [this](const auto& e) { attention.push_back(e); },
            [this](const auto& e) { finished.push_back(e); }};
  }
};

TEST_F(CheckpointFile, ResumedRunHasTheMetricsOfAnUninterruptedOne) {
  Trainer original(tiny(), kClock);
  ASSERT_TRUE(original.iterate(nullptr));
  ASSERT_TRUE(original.iterate(nullptr));
  const std::string path = checkpoint_path(path_, 2);
  ASSERT_TRUE(save_checkpoint(path, original.checkpoint("run-1")));

  Trainer resumed(tiny(), kClock);
  const auto loaded = load_checkpoint(path);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->run_id, "run-1");
  ASSERT_TRUE(resumed.resume(*loaded));
  for (int i = 0; i < 2; ++i) {
    const auto expected = original.iterate(nullptr), got = resumed.iterate(nullptr);
    ASSERT_TRUE(expected && got);
    EXPECT_EQ((*expected)->learnt.policy_loss, (*got)->learnt.policy_loss);
    EXPECT_EQ((*expected)->learnt.kl_divergence_approx, (*got)->learnt.kl_divergence_approx);
    EXPECT_EQ((*expected)->episodes.plies, (*got)->episodes.plies);
  }
  EXPECT_EQ(original.metrics().games(), resumed.metrics().games());
  EXPECT_EQ(resumed.metrics().updates(), 4);
}

TEST_F(CheckpointFile, AnyDamagedByteIsRefused) {
  Trainer trainer(tiny(), kClock);
  const std::string good = encode_checkpoint(trainer.checkpoint("run"));
  ASSERT_TRUE(decode_checkpoint(good));
  for (std::size_t at = 0; at < good.size(); at += 1 + good.size() / 300) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    EXPECT_FALSE(decode_checkpoint(bad)) << at;
    EXPECT_FALSE(decode_checkpoint(good.substr(0, at))) << at;
  }
}

TEST_F(CheckpointFile, RefusesThatOfAnotherNumberOfEnvironments) {
  Options more = tiny();
  more.environment.count = 5;
  Trainer trainer(tiny(), kClock), other(more, kClock);
  EXPECT_EQ(trainer.resume(other.checkpoint("x")).error().message,
            "it was made with environment.count = 5");
}

TEST_F(CheckpointFile, OnlyTheNewestAreKept) {
  const Checkpoint empty;
  for (const int update : {5, 20, 100}) {
    ASSERT_TRUE(save_checkpoint(checkpoint_path(path_, update), empty));
  }
  prune_checkpoints(path_, 2);
  EXPECT_EQ(find_checkpoints(path_),
            (std::vector{checkpoint_path(path_, 20), checkpoint_path(path_, 100)}));
}

TEST_F(CheckpointFile, AFolderThatIsNotThereIsAnError) {
  EXPECT_FALSE(save_checkpoint(path_ + "/none/checkpoint.keisei", {}));
}

TEST(Trainer, StopsWhenAskedWithoutCounting) {
  Trainer trainer(tiny(), kClock);
  std::stop_source stop;
  stop.request_stop();
  const auto iteration = trainer.iterate(nullptr, stop.get_token());
  ASSERT_TRUE(iteration);
  EXPECT_FALSE(*iteration);
  EXPECT_EQ(trainer.metrics().updates(), 0);
}

TEST(FeaturedGame, TellsAGameThatCanBeReplayedMoveByMove) {
  Told told;
  FeaturedGame featured(told.sinks(), 1e9, 1, kClock);
  Trainer trainer(tiny(), kClock);
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
    for (int i = 0; i < move.top_count; ++i) {
      const auto& top = move.top[static_cast<std::size_t>(i)];
      EXPECT_TRUE(shogi::parse_usi(top.usi.data(), game.position()));
      const auto& better = move.top[static_cast<std::size_t>(std::max(0, i - 1))];
      EXPECT_LE(top.probability, better.probability);
    }
    game.play(*played);
    ++compared;
  }
  EXPECT_EQ(compared, finished.move_count);
  ASSERT_TRUE(game.is_over());
  EXPECT_EQ(finished.reason.data(), shogi::to_string(game.result()->reason));
}

TEST(FeaturedGame, GivesAttentionForEveryPlyUnlessItIsLimited) {
  Told all, none;
  FeaturedGame every(all.sinks(), 1e9, 1, kClock), off(none.sinks(), 0, 1, kClock);
  Trainer(tiny(), kClock).iterate(&every);
  Trainer(tiny(), kClock).iterate(&off);
  EXPECT_EQ(all.attention.size(), all.moves.size());
  EXPECT_EQ(all.attention[0].gate_count, 8);
  EXPECT_TRUE(none.attention.empty());
  EXPECT_EQ(none.moves.size(), 24U);
}

TEST(MetricsManager, LogsTheNumbersThatItStreams) {
  MetricsManager metrics;
  Iteration iteration;
  iteration.learnt.policy_loss = -0.0125;
  iteration.learnt.explained_variance = std::nan("");
  iteration.samples = 100;
  iteration.selfplay_s = 1;
  iteration.update_s = 3;
  metrics.add(iteration);
  EXPECT_EQ(metrics.format_ppo_metrics().samples_per_s, 25);
  const std::string line = metrics.metrics_line(12.5);
  EXPECT_NE(line.find(R"("update":1,"global_step":100)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("ppo/policy_loss":-0.0125)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("ppo/explained_variance":null)"), std::string::npos) << line;
  EXPECT_NE(line.find(R"("time/samples_per_s":25)"), std::string::npos) << line;
}

TEST_F(RunLogFile, AppendsToWhatIsThere) {
  const std::string path = path_ + "/log.jsonl";
  for (const char* line : {"one", "two"}) {
    auto log = RunLog::open(path);
    ASSERT_TRUE(log);
    ASSERT_TRUE(log->append(line));
  }
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, "one\ntwo\n");
}

TEST_F(RunLogFile, AFullDiskIsAnErrorAndNotTheEnd) {
  auto log = RunLog::open("/dev/full");
  ASSERT_TRUE(log);
  EXPECT_FALSE(log->append("line"));
}

}  // namespace
}  // namespace keisei::rl
