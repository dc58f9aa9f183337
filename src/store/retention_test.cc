#include "store/retention.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>

#include <string_view>

#include "store/recollection.h"
#include "store/store_file.h"
#include "store/store_test_kit.h"

namespace keisei::store::testing {
namespace {

using ::testing::SizeIs;

class RetentionTest : public ::testing::Test {
 protected:
  RetentionTest() {
    auto opened = StoreFile::open(path_);
    file_.emplace(std::move(*opened));
    keep({run("old"), run()});
  }
  void keep(const std::vector<Entry>& entries) { ASSERT_TRUE(file_->commit(entries).has_value()); }
  /// Games with all that the network thought of their moves.
  void keep_games(int count, int plies) {
    std::vector<Entry> entries;
    for (int number = 0; number < count; ++number) {
      const std::string id = fmt::format("run-{}", number);
      for (int ply = 0; ply < plies; ++ply) entries.emplace_back(move(id, ply));
      entries.emplace_back(game(id, Moves(static_cast<std::size_t>(plies), "7g7f")));
    }
    keep(entries);
  }
  std::int64_t asked(const std::string& sql) {
    return file_->database().execAndGet(sql).getInt64();
  }
  std::int64_t used() {
    return (asked("PRAGMA page_count") - asked("PRAGMA freelist_count")) * 4096;
  }
  /// As much as can be, and how many steps that took.
  int trim(std::int64_t most_bytes) {
    for (int steps = 0;; ++steps) {
      const auto has_more = file_->trim(most_bytes);
      if (!has_more || !*has_more) return steps;
    }
  }

  TemporaryFolder folder_;
  std::string path_ = folder_ / "show.db";
  std::optional<StoreFile> file_;
};

TEST_F(RetentionTest, TouchesNothingBelowTheBound) {
  keep_games(100, 50);
  EXPECT_EQ(trim(used()), 0);
  EXPECT_EQ(asked("SELECT count(*) FROM thoughts"), 100);
}

TEST_F(RetentionTest, ForgetsFirstWhatWasThoughtOfTheOldestGames) {
  keep_games(1000, 50);
  const std::int64_t bound = used() * 3 / 4;
  EXPECT_GT(trim(bound), 0);
  EXPECT_LE(used(), bound);
  EXPECT_EQ(asked("SELECT count(*) FROM games"), 1000);
  const std::int64_t left = asked("SELECT count(*) FROM thoughts");
  EXPECT_GT(left, 0);
  EXPECT_LT(left, 1000);
  EXPECT_EQ(asked("SELECT min(game) FROM thoughts"), 1000 - left + 1);
}

TEST_F(RetentionTest, ForgetsThenTheOldestGamesAndThenTheUpdatesOfOldRuns) {
  keep_games(5000, 2);
  std::vector<Entry> updates;
  for (int number = 0; number < 500; ++number) {
    updates.emplace_back(update(number));
    KeptUpdate old = update(number);
    old.run_id = "old";
    updates.emplace_back(old);
  }
  keep(updates);
  trim(1);
  EXPECT_EQ(asked("SELECT count(*) FROM games"), static_cast<int>(RunMemory::kMostGames));
  EXPECT_EQ(asked("SELECT max(id) FROM games"), 5000);
  const auto old = recollect(path_, "old");
  EXPECT_THAT((*old)->updates, SizeIs(0));
  const auto memory = recollect(path_, "run");
  EXPECT_THAT((*memory)->updates, SizeIs(500));
  EXPECT_EQ((*memory)->games, 5000);
  EXPECT_THAT((*memory)->moves, SizeIs(2 * RunMemory::kGamesWithMoves));
}

TEST_F(RetentionTest, RemembersThatAGameWasMissedWhenThoseAroundItAreGone) {
  std::vector<Entry> entries;
  for (int number = 1; number <= 5000; ++number) {
    for (const char* of : {"run", "old"}) {
      if (number == 2 && std::string_view(of) == "run") continue;
      KeptGame kept = game(fmt::format("{}-{}", of, number));
      kept.run_id = of;
      kept.game.game_number = number;
      entries.emplace_back(kept);
    }
  }
  keep(entries);
  trim(1);
  const auto missed = recollect(path_, "run");
  EXPECT_GT((*missed)->finished.front().game.game_number, 2);
  EXPECT_FALSE((*missed)->is_whole);
  EXPECT_TRUE((*recollect(path_, "old"))->is_whole);
}

TEST_F(RetentionTest, ForgetsGamesThatWereBegunAndNeverEnded) {
  for (int number = 0; number < Retention::kOpenGames + 10; ++number) {
    keep({move(fmt::format("run-{}", number), 0)});
  }
  trim(1'000'000'000);
  EXPECT_EQ(asked("SELECT count(*) FROM open_games"), Retention::kOpenGames);
  EXPECT_EQ(asked("SELECT count(*) FROM open_moves"), Retention::kOpenGames);
  // Its room is another's now.
  keep({move("run-0", 1), game("run-0", {"7g7f", "7g7f"})});
  EXPECT_EQ(asked("SELECT count(*) FROM open_games"), Retention::kOpenGames);
}

}  // namespace
}  // namespace keisei::store::testing
