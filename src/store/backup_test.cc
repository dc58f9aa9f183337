#include "store/backup.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "store/store_file.h"
#include "store/store_test_kit.h"

namespace keisei::store::testing {
namespace {

using ::testing::HasSubstr;

class BackupTest : public StoreTest {
 protected:
  BackupTest() { keep({run(), update(1), game("run-3"), milestone()}); }

  /// While the show is on, and its clock moves.
  Result<void> back_up_from_the_show() {
    auto made = std::async(std::launch::async, [this] { return back_up(file_, copy_); });
    while (made.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready) {
      clock_.pass(BackupDesk::kPace);
      keep({update(++number_)});
    }
    return made.get();
  }

  std::string copy_ = folder_ / "copy.db";
  int number_ = 1;
};

TEST_F(BackupTest, IsMadeWhileNobodyKeepsAnything) {
  const Lines before = recall();
  close();
  ASSERT_TRUE(back_up(file_, copy_).has_value());
  file_ = copy_;
  open();
  EXPECT_EQ(recall(), before);
}

TEST_F(BackupTest, IsMadeByTheShowThatGoesOn) {
  const auto made = back_up_from_the_show();
  ASSERT_TRUE(made.has_value()) << made.error().message;
  EXPECT_TRUE(keep({update(5)}));
  file_ = copy_;
  open();
  EXPECT_THAT(recall(), ::testing::Contains(line_of(game("run-3"))));
}

TEST_F(BackupTest, TakesNoFilesPlace) {
  std::ofstream(copy_) << "mine";
  EXPECT_THAT(back_up_from_the_show().error().message, HasSubstr("is there already"));
  close();
  EXPECT_THAT(back_up(file_, copy_).error().message, HasSubstr("is there already"));
  EXPECT_EQ(bytes_in(copy_), "mine");
}

TEST_F(BackupTest, SaysWhyTheShowCannotMakeIt) {
  copy_ = folder_ / "nowhere/copy.db";
  EXPECT_THAT(back_up_from_the_show().error().message, HasSubstr("nowhere/copy.db"));
}

TEST_F(BackupTest, LeavesNothingBesideTheStore) {
  ASSERT_TRUE(back_up_from_the_show().has_value());
  close();
  for (const auto& entry : std::filesystem::directory_iterator(folder_.path())) {
    EXPECT_THAT(entry.path().filename().string(),
                ::testing::AnyOf("show.db", "show.db.lock", "show.db.backup.lock", "copy.db"));
  }
}

TEST_F(BackupTest, OfAStoreThatIsNotThereIsNone) {
  const auto made = back_up(folder_ / "other.db", copy_);
  EXPECT_THAT(made.error().message, HasSubstr("is not there"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "other.db"));
}

TEST_F(BackupTest, TakesTheStoresPlaceAgain) {
  const Lines before = recall();
  close();
  ASSERT_TRUE(back_up(file_, copy_).has_value());
  open();
  keep({update(2)});
  const Lines later = recall();
  close();
  const auto restored = restore(file_, copy_);
  ASSERT_TRUE(restored.has_value()) << restored.error().message;
  EXPECT_EQ(*restored, file_ + ".replaced");
  open();
  EXPECT_EQ(recall(), before);
  file_ += ".replaced";
  open();
  EXPECT_EQ(recall(), later);
}

TEST_F(BackupTest, ReplacesADamagedStoreWithItsLog) {
  const Lines before = recall();
  close();
  ASSERT_TRUE(back_up(file_, copy_).has_value());
  std::ofstream(file_) << "damaged";
  std::ofstream(file_ + "-wal") << "of the damaged one";
  ASSERT_TRUE(restore(file_, copy_).has_value());
  open();
  EXPECT_EQ(recall(), before);
  EXPECT_EQ(bytes_in(file_ + ".replaced-wal"), "of the damaged one");
}

TEST_F(BackupTest, LeavesWhatAnEarlierOneReplaced) {
  close();
  ASSERT_TRUE(back_up(file_, copy_).has_value());
  for (const std::string part : {"", "-wal"}) {
    std::ofstream(file_ + ".replaced" + part) << "the original";
    const auto restored = restore(file_, copy_);
    ASSERT_FALSE(restored.has_value());
    EXPECT_THAT(restored.error().message, HasSubstr(file_ + ".replaced" + part + ": "));
    EXPECT_EQ(bytes_in(file_ + ".replaced" + part), "the original");
    EXPECT_TRUE(std::filesystem::exists(file_));
    std::filesystem::remove(file_ + ".replaced" + part);
  }
}

TEST_F(BackupTest, IsRestoredWhereNothingIs) {
  const Lines before = recall();
  close();
  ASSERT_TRUE(back_up(file_, copy_).has_value());
  std::filesystem::remove(file_);
  std::ofstream(file_ + ".replaced") << "the original";
  EXPECT_EQ(restore(file_, copy_).value(), "");
  open();
  EXPECT_EQ(recall(), before);
  EXPECT_EQ(bytes_in(file_ + ".replaced"), "the original");
}

TEST_F(BackupTest, IsNotRestoredUnderAShow) {
  ASSERT_TRUE(back_up_from_the_show().has_value());
  EXPECT_THAT(restore(file_, copy_).error().message, HasSubstr("another process"));
}

TEST_F(BackupTest, IsNotRestoredIfItIsNoGood) {
  close();
  const std::string before = bytes_in(file_);
  std::ofstream(copy_) << std::string(5000, 'x');
  EXPECT_THAT(restore(file_, copy_).error().message, HasSubstr(copy_));
  EXPECT_THAT(restore(file_, folder_ / "none.db").error().message, HasSubstr("is not there"));
  SQLite::Database(folder_ / "theirs.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
      .exec("CREATE TABLE theirs (id INTEGER)");
  EXPECT_THAT(restore(file_, folder_ / "theirs.db").error().message,
              HasSubstr("is not a show's database"));
  EXPECT_EQ(bytes_in(file_), before);
}

}  // namespace
}  // namespace keisei::store::testing
