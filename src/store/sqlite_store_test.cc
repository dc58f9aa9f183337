#include "store/sqlite_store.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/testing/as_nobody.h"
#include "base/testing/full_disk.h"
#include "store/store_lock.h"
#include "store/store_test_kit.h"

namespace keisei::store::testing {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::vector<Entry> kEverything{run(),           update(1),    update(2),   move("run-3", 0),
                                     game("run-3"),   evaluation(), milestone(), checkpoint(),
                                     move("run-4", 0)};

KeptGame too_large() {
  return game("run-3", Moves(SqliteStore::kMostWaiting / sizeof(std::string) + 1, "7g7f"));
}

TEST_F(StoreTest, KnowsNothingAtFirst) {
  EXPECT_EQ(remembered(), nullptr);
  EXPECT_EQ(store_->recall_newest().value(), nullptr);
  EXPECT_THAT(told_, IsEmpty());
}

TEST_F(StoreTest, RecallsAfterARestartWhatWasKept) {
  EXPECT_TRUE(keep(kEverything));
  const Lines before = recall();
  EXPECT_THAT(before,
              ElementsAre(line_of(run()), "segment 1, 1 games", line_of(update(1)),
                          line_of(update(2)), line_of(game("run-3")), line_of(move("run-3", 0)),
                          line_of(move("run-4", 0)), line_of(evaluation()), line_of(milestone())));
  open();
  EXPECT_EQ(recall(), before);
}

TEST_F(StoreTest, RecallsWhatHasJustBeenHandedOver) {
  store_->keep({run(), milestone()}, [](bool) {});
  EXPECT_THAT(recall(), Contains(line_of(milestone())));
}

TEST_F(StoreTest, RecallsTheRunThatWasHeardOfLast) {
  keep({run("a")});
  keep({run("b")});
  keep({run("a")});
  open();
  EXPECT_EQ(newest_run(), "a");
}

TEST_F(StoreTest, KeepsTheSameOnlyOnce) {
  keep(kEverything);
  const Lines before = recall();
  EXPECT_TRUE(keep(kEverything));
  EXPECT_EQ(recall(), before);
  // All but the run, which says anew what it is.
  EXPECT_EQ(counted("keisei_store_entries_total", "known"), kEverything.size() - 1);
}

TEST_F(StoreTest, KnowsAnUpdateByNumberAndTime) {
  keep({run(), update(1), update(1), update(1, 2, 1763849000), update(2)});
  EXPECT_THAT(remembered()->updates, SizeIs(3));
}

TEST_F(StoreTest, KeepsAGameTwiceThatEndsTwice) {
  keep({run(), game("run-3", {"7g7f"}), game("run-3", {"2g2f"}), game("run-3", {"7g7f"})});
  EXPECT_EQ(remembered()->games, 2);
  EXPECT_THAT(remembered()->finished, SizeIs(2));
}

TEST_F(StoreTest, TakesTheGamesOwnMovesForTheTruth) {
  keep({run(), move("run-3", 0, "7g7f"), move("run-3", 1, "8c8d"), move("run-3", 2, "2g2f")});
  keep({game("run-3", {"7g7f", "3c3d"})});
  const auto memory = remembered();
  EXPECT_THAT(memory->moves, SizeIs(1));
  EXPECT_EQ(line_of(memory->moves.at(0)), line_of(move("run-3", 0, "7g7f")));
}

TEST_F(StoreTest, TakesAMoveThatComesAfterItsGamesEnd) {
  keep(
      {run(), game("run-3", {"7g7f", "3c3d"}), move("run-3", 1, "3c3d"), move("run-3", 0, "2g2f")});
  const auto memory = remembered();
  EXPECT_THAT(memory->moves, SizeIs(1));
  EXPECT_EQ(line_of(memory->moves.at(0)), line_of(move("run-3", 1, "3c3d")));
}

TEST_F(StoreTest, ForgetsTheOldContinuationOfAGameThatIsPlayedAnew) {
  keep({run(), move("run-3", 0, "7g7f"), move("run-3", 1, "8c8d"), move("run-3", 2, "2g2f")});
  keep({move("run-3", 1, "3c3d")});
  const auto memory = remembered();
  ASSERT_THAT(memory->moves, SizeIs(2));
  EXPECT_EQ(memory->moves.at(1).usi, "3c3d");
}

TEST_F(StoreTest, RemembersWhetherAGameOfTheRunWasMissed) {
  const auto numbered = [](std::int64_t number) {
    KeptGame kept = game(fmt::format("run-{}", number));
    kept.game.game_number = number;
    return kept;
  };
  keep({run(), numbered(1), numbered(2), numbered(2), numbered(3)});
  EXPECT_TRUE(remembered()->is_whole);
  EXPECT_EQ(remembered()->game_number, 3);
  KeptGame played_again = numbered(2);
  played_again.game.moves = {"2g2f"};
  keep({played_again, numbered(3)});
  EXPECT_TRUE(remembered()->is_whole) << "a resumed run counts from a lower number";
  keep({numbered(5), numbered(6)});
  EXPECT_FALSE(remembered()->is_whole);
  open();
  EXPECT_FALSE(remembered()->is_whole);
  EXPECT_EQ(remembered()->game_number, 6);
}

TEST_F(StoreTest, SaysThatWhatIsKeptCannotBeRead) {
  keep({run(), update(1)});
  std::filesystem::permissions(file_, std::filesystem::perms::none);
  const AsNobody nobody;
  EXPECT_FALSE(store_->recall("run").has_value());
  EXPECT_THAT(told_, ElementsAre(HasSubstr("remembering a run: stopped working")));
}

TEST_F(StoreTest, GoesOnInTheNewestSegment) {
  keep({run(), update(1), update(2), update(1, 2, 1763849000)});
  EXPECT_EQ(remembered()->segment, 2);
  keep({update(3)});
  EXPECT_EQ(remembered()->segment, 2);
}

TEST_F(StoreTest, AnswersInTheOrderInWhichThingsWereHandedOver) {
  std::vector<int> answers;
  for (int i = 0; i < 200; ++i) {
    store_->keep({update(i)}, [&answers, i](bool) { answers.push_back(i); });
  }
  store_->settle();
  std::vector<int> expected(200);
  for (int i = 0; i < 200; ++i) expected[static_cast<std::size_t>(i)] = i;
  EXPECT_EQ(answers, expected);
}

TEST_F(StoreTest, KeepsTheOthersOfABatchWhenOneCannotBe) {
  KeptUpdate timeless = update(2);
  timeless.metrics.emitted_at = std::numeric_limits<double>::quiet_NaN();
  std::vector<bool> kept;
  const auto note = [&](bool is_kept) { kept.push_back(is_kept); };
  // The first keeps the writer busy, so that the others may be one batch; it is the same if not.
  store_->keep({run()}, note);
  store_->keep({update(1)}, note);
  store_->keep({timeless}, note);
  store_->keep({update(3)}, note);
  store_->settle();
  EXPECT_THAT(kept, ElementsAre(true, true, false, true));
  EXPECT_THAT(remembered()->updates, SizeIs(2));
  EXPECT_EQ(counted("keisei_store_entries_total", "lost"), 1U);
}

TEST_F(StoreTest, RefusesWhatIsBeyondItsBoundInItsTurn) {
  std::vector<std::string> answers;
  store_->keep({run()}, [&](bool kept) { answers.push_back(kept ? "first" : "none"); });
  store_->keep({too_large()}, [&](bool kept) { answers.push_back(kept ? "kept" : "too large"); });
  store_->settle();
  EXPECT_THAT(answers, ElementsAre("first", "too large"));
  EXPECT_EQ(counted("keisei_store_refused_total"), 1U);
}

TEST_F(StoreTest, TellsOnceWhatIsBeyondItsBoundAndCountsIt) {
  EXPECT_FALSE(keep({too_large(), update(1)}));
  EXPECT_FALSE(keep({too_large()}));
  EXPECT_EQ(counted("keisei_store_entries_total", "lost"), 3U);
  EXPECT_THAT(told_, ElementsAre("something could not be kept in time: too much waits for the "
                                 "disk"));
}

TEST_F(StoreTest, KeepsWhatTheRunIsAlsoWhenTooMuchWaits) {
  keep({run("before")});
  EXPECT_FALSE(keep({run(), too_large()}));
  EXPECT_EQ(newest_run(), "run");
  EXPECT_EQ(counted("keisei_store_entries_total", "lost"), 1U);
}

TEST_F(StoreTest, SaysOnceThatTheDiskIsFullAndOnceThatItIsNot) {
  keep({run()});
  {
    // Room for what is there, and for no more.
    const FullDisk full(std::filesystem::file_size(file_ + "-wal"));
    EXPECT_FALSE(keep({update(1)}));
    EXPECT_FALSE(keep({update(2)}));
  }
  clock_.pass(StoreWriter::kRetry);
  EXPECT_TRUE(keep({update(3)}));
  EXPECT_THAT(told_, ElementsAre(HasSubstr("keeping the show: stopped working"),
                                 HasSubstr("keeping the show: works again")));
  EXPECT_EQ(counted("keisei_store_entries_total", "lost"), 2U);
  open();
  EXPECT_THAT(recall(), ElementsAre(line_of(run()), "segment 1, 0 games", line_of(update(3))));
}

TEST_F(StoreTest, KeepsWhatTheRunIsAsSoonAsItCan) {
  keep({run("other")});
  {
    const FullDisk full(std::filesystem::file_size(file_ + "-wal"));
    EXPECT_FALSE(keep({run(), update(1)}));
  }
  clock_.pass(StoreWriter::kRetry);
  EXPECT_TRUE(keep({update(2)}));
  open();
  EXPECT_EQ(newest_run(), "run");
}

TEST_F(StoreTest, IsOneShowsAlone) {
  SqliteStore second({file_}, clock_, counters_, notices_);
  bool is_kept = true;
  second.keep({run()}, [&](bool kept) { is_kept = kept; });
  second.settle();
  EXPECT_FALSE(is_kept);
  EXPECT_FALSE(second.recall("run").has_value()) << "what is kept of it cannot be known";
  EXPECT_THAT(told_, ElementsAre(HasSubstr("another process")));

  close();
  clock_.pass(StoreWriter::kRetry);
  second.keep({run()}, [&](bool kept) { is_kept = kept; });
  second.settle();
  EXPECT_TRUE(is_kept);
}

TEST_F(StoreTest, DoesWithoutAFolderThatItMayNotWriteTo) {
  close();
  const std::string place = folder_ / "closed";
  std::filesystem::create_directory(place);
  std::filesystem::permissions(place, std::filesystem::perms::owner_read);
  const AsNobody nobody;
  file_ = place + "/show.db";
  open();
  EXPECT_FALSE(keep({run()}));
  EXPECT_FALSE(store_->recall_newest().has_value());
  EXPECT_THAT(told_, ElementsAre(HasSubstr("show.db")));
}

// A folder that is not there may be mounted later.
TEST_F(StoreTest, TakesUpItsWorkWhenItsFolderIsThere) {
  close();
  file_ = folder_ / "later/show.db";
  open();
  EXPECT_FALSE(keep({run()}));
  std::filesystem::create_directory(folder_ / "later");
  EXPECT_FALSE(keep({run()}));  // it tries no more often than once a second
  clock_.pass(StoreWriter::kRetry);
  EXPECT_TRUE(keep({run()}));
}

}  // namespace
}  // namespace keisei::store::testing
