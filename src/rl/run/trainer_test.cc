#include "rl/run/trainer.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>

#include "rl/run_log.h"
#include "rl/selfplay/game_reporter.h"
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
    return {.move = [this](const auto& e) { moves.push_back(e); },
            .attention = [this](const auto& e) { attention.push_back(e); },
            .finished = [this](const auto& e) { finished.push_back(e); }};
  }
};

// A second later every time somebody looks.
class TickingClock final : public Clock {
 public:
  SteadyTime steady() const override { return now_ += std::chrono::seconds(1); }
  WallTime wall() const override { return {}; }

 private:
  mutable SteadyTime now_;
};

// With everything that has a state of its own.
Options with_everything() {
  Options options = tiny();
  options.ppo.kl_penalty = 0.1;
  options.ppo.kl_reference_updates = 3;
  options.ppo.schedule = Schedule::adaptive;
  options.ppo.target_kl = 0.01;
  options.opponents = {.fraction = 0.67, .pool = 2, .interval = 1};
  return options;
}

class Resume : public Folder, public testing::WithParamInterface<bool> {};
INSTANTIATE_TEST_SUITE_P(Options, Resume, testing::Bool());

TEST_P(Resume, GivesTheMetricsOfAnUninterruptedRun) {
  const Options options = GetParam() ? with_everything() : tiny();
  Trainer original(options, kClock);
  ASSERT_TRUE(original.iterate(nullptr));
  ASSERT_TRUE(original.iterate(nullptr));
  const std::string path = checkpoint_path(path_, 2);
  ASSERT_TRUE(save_checkpoint(path, original.checkpoint("run-1")));

  Trainer resumed(options, kClock);
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

// Limits the size of files for as long as it lives: to the writer it looks like a full disk.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FullDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

TEST_F(CheckpointFile, AFullDiskLeavesTheOldCheckpointValidAndNothingBehind) {
  Trainer trainer(tiny(), kClock);
  const std::string path = checkpoint_path(path_, 0);
  ASSERT_TRUE(save_checkpoint(path, trainer.checkpoint("old")));
  {
    const FullDisk disk(10'000);
    const auto saved = save_checkpoint(path, trainer.checkpoint("new"));
    ASSERT_FALSE(saved);
    EXPECT_TRUE(saved.error().message.starts_with(path)) << saved.error().message;
  }
  EXPECT_EQ(load_checkpoint(path)->run_id, "old");
  const std::filesystem::directory_iterator files(path_);
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
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

TEST(Trainer, LearnsOnlyItsOwnMovesInGamesAgainstThePast) {
  Options options = tiny();
  options.opponents = {.fraction = 1, .pool = 2, .interval = 1};
  WorkerPool pool(2);
  const PpoAgent agent(options, pool);
  PastSelves past(options, pool);
  ASSERT_TRUE(past.add_if_due(0, agent));
  SelfPlay self_play(options, pool, kClock, &past);
  RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  self_play.collect(agent, rollout, nullptr);
  EXPECT_FALSE(past.opponent_of(0, 1)) << "the featured game is self-play";
  for (int step = 0; step < options.ppo.steps; ++step) {
    EXPECT_TRUE(rollout.sample(step).learnable);
  }
  for (int environment = 1; environment < options.environment.count; ++environment) {
    int own = 0;
    for (int step = 0; step < options.ppo.steps; ++step) {
      own += rollout.sample(environment * options.ppo.steps + step).learnable ? 1 : 0;
    }
    EXPECT_GE(own, options.ppo.steps / 2 - 2);
    EXPECT_LE(own, options.ppo.steps / 2 + 2);
  }
}

TEST(SelfPlay, TellsTheTimeOfTheRulesFromThatOfTheNetwork) {
  Options options = tiny();
  options.run.threads = 1;
  const TickingClock clock;
  WorkerPool pool(1);
  const PpoAgent agent(options, pool);
  SelfPlay self_play(options, pool, clock);
  RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  self_play.collect(agent, rollout, nullptr);
  const SelfPlayTime time = self_play.take_time();
  EXPECT_EQ(time.network, options.ppo.steps + 1) << "one look at the clock after each answer";
  EXPECT_EQ(time.rules, options.ppo.steps + 2) << "before each answer, and at the end";
  EXPECT_EQ(self_play.take_time().rules, 0);
}

TEST(PastSelves, KeepTheirColorForAGameAndChangeItWithTheNext) {
  Options options = tiny();
  options.opponents = {.fraction = 0.34, .pool = 2, .interval = 5};
  WorkerPool pool(1);
  const PpoAgent agent(options, pool);
  PastSelves past(options, pool);
  EXPECT_FALSE(past.opponent_of(2, 1)) << "there is no past yet";
  ASSERT_TRUE(past.add_if_due(0, agent));
  ASSERT_TRUE(past.add_if_due(3, agent));
  EXPECT_EQ(past.save().size(), 1U) << "the third update is not one of every five";
  EXPECT_FALSE(past.opponent_of(1, 1)) << "a third of three environments is one";
  ASSERT_TRUE(past.opponent_of(2, 1));
  EXPECT_EQ(past.opponent_of(2, 1)->plays_black, past.opponent_of(2, 1)->plays_black);
  EXPECT_NE(past.opponent_of(2, 1)->plays_black, past.opponent_of(2, 2)->plays_black);
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

TEST(FeaturedGame, GivesAttentionForEveryPlyUnlessItIsLimited) {
  Told all, none;
  FeaturedGame every(all.sinks(), 1e9, 1, kClock), off(none.sinks(), 0, 1, kClock);
  Trainer(tiny(), kClock).iterate(&every);
  Trainer(tiny(), kClock).iterate(&off);
  EXPECT_EQ(all.attention.size(), all.moves.size());
  EXPECT_EQ(all.attention[0].gates.count, 8);
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

TEST(MetricsManager, LogsTheSameAsCommaSeparatedValues) {
  MetricsManager metrics;
  Iteration iteration;
  iteration.learnt.explained_variance = std::nan("");
  iteration.samples = 100;
  iteration.selfplay_s = 1;
  iteration.update_s = 3;
  metrics.add(iteration);
  const std::string header = metrics.csv_header(), line = metrics.csv_line(12.5);
  EXPECT_TRUE(header.starts_with("time,update,global_step,games,ppo/policy_loss,")) << header;
  EXPECT_TRUE(line.starts_with("12.500,1,100,0,0,")) << line;
  EXPECT_EQ(std::count(header.begin(), header.end(), ','),
            std::count(line.begin(), line.end(), ','));
  EXPECT_EQ(line.find("nan"), std::string::npos) << line;
}

TEST_F(RunLogFile, BeginsANewFileWithItsHeader) {
  const std::string path = path_ + "/log.csv";
  for (const char* line : {"1", "2"}) {
    auto log = RunLog::open(path, "a");
    ASSERT_TRUE(log && log->append(line));
  }
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, "a\n1\n2\n");
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

TEST_F(RunLogFile, LeavesNoHalfOfALineWhenTheDiskIsFull) {
  const std::string path = path_ + "/log.jsonl";
  auto log = RunLog::open(path);
  ASSERT_TRUE(log && log->append("one"));
  {
    const FullDisk disk(6);
    EXPECT_FALSE(log->append("two"));
  }
  ASSERT_TRUE(log->append("three"));
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, "one\nthree\n");
}

TEST_F(RunLogFile, AFullDiskIsAnErrorAndNotTheEnd) {
  auto log = RunLog::open("/dev/full");
  ASSERT_TRUE(log);
  EXPECT_FALSE(log->append("line"));
}

}  // namespace
}  // namespace keisei::rl
