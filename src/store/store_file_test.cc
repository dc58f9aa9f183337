#include "store/store_file.h"

#include <SQLiteCpp/Database.h>
#include <gmock/gmock.h>

#include <array>
#include <filesystem>
#include <fstream>

#include "base/testing/full_disk.h"
#include "store/recollection.h"
#include "store/schema.h"
#include "store/store_test_kit.h"

namespace keisei::store::testing {
namespace {

using ::testing::HasSubstr;

class StoreFileTest : public ::testing::Test {
 protected:
  // As another program would.
  void change(const std::string& sql) const {
    SQLite::Database database(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec(sql);
  }
  std::string asked(const std::string& sql) const {
    SQLite::Database database(path_, SQLite::OPEN_READWRITE);
    return database.execAndGet(sql).getString();
  }
  void expect_refused(const std::string& why) const {
    const std::string before = bytes_in(path_);
    const auto file = StoreFile::open(path_);
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().kind, StoreError::Kind::unusable);
    EXPECT_THAT(file.error().why, HasSubstr(path_));
    EXPECT_THAT(file.error().why, HasSubstr(why));
    EXPECT_THAT(file.error().why, HasSubstr("restore"));
    EXPECT_EQ(bytes_in(path_), before);
  }
  void make() const {
    auto file = StoreFile::open(path_);
    ASSERT_TRUE(file.has_value()) << file.error().why;
    std::vector<Entry> entries{run()};
    for (int i = 0; i < 2000; ++i) entries.emplace_back(update(i));
    ASSERT_TRUE(file->commit(entries).has_value());
  }

  TemporaryFolder folder_;
  std::string path_ = folder_ / "show.db";
};

TEST_F(StoreFileTest, SaysInItsHeaderWhoseItIs) {
  make();
  EXPECT_EQ(asked("PRAGMA application_id"), std::to_string(kApplicationId));
  EXPECT_EQ(asked("PRAGMA user_version"), std::to_string(migrations().size()));
  EXPECT_EQ(asked("PRAGMA journal_mode"), "wal");
}

TEST_F(StoreFileTest, LeavesANewerVersionAsItIs) {
  make();
  change("PRAGMA user_version = 99");
  expect_refused("is of version 99, newer than this program's");
}

TEST_F(StoreFileTest, LeavesAnotherProgramsDatabaseAsItIs) {
  change("CREATE TABLE theirs (id INTEGER)");
  expect_refused("is not a show's database");
}

TEST_F(StoreFileTest, LeavesWhatIsNoDatabaseAsItIs) {
  std::ofstream(path_) << std::string(10'000, 'x');
  expect_refused("is damaged");
}

TEST_F(StoreFileTest, LeavesADamagedDatabaseAsItIs) {
  make();
  {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    for (std::streamoff page = 4; page < 40; page += 2) {
      file.seekp(page * 4096);
      file << std::string(4096, 'x');
    }
  }
  expect_refused("is damaged");
}

TEST_F(StoreFileTest, LeavesACutDatabaseAsItIs) {
  make();
  std::filesystem::resize_file(path_, std::filesystem::file_size(path_) / 2);
  expect_refused("is damaged");
}

TEST_F(StoreFileTest, KeepsItsLogShort) {
  auto file = StoreFile::open(path_);
  std::uintmax_t longest = 0;
  for (int batch = 0; batch < 400; ++batch) {
    std::vector<Entry> entries;
    for (int i = 0; i < 50; ++i) entries.emplace_back(update(batch * 50 + i));
    ASSERT_TRUE(file->commit(entries).has_value());
    ASSERT_TRUE(file->tidy().has_value());
    longest = std::max(longest, std::filesystem::file_size(path_ + "-wal"));
  }
  // It is passed by the last transaction only.
  EXPECT_LT(longest, static_cast<std::uintmax_t>(StoreFile::kLogBytes * 2));
  EXPECT_GT(file->bytes(), 1'000'000);
}

TEST_F(StoreFileTest, SaysThatItsLogCannotGoBack) {
  auto file = StoreFile::open(path_);
  ASSERT_TRUE(file->commit(std::vector<Entry>{run(), update(1)}).has_value());
  ASSERT_TRUE(file->tidy(true).has_value());
  std::vector<Entry> entries;
  for (int i = 2; i < 400; ++i) entries.emplace_back(update(i));
  ASSERT_TRUE(file->commit(entries).has_value());
  {
    const FullDisk full(static_cast<rlim_t>(file->bytes()));
    const auto tidied = file->tidy(true);
    ASSERT_FALSE(tidied.has_value());
    EXPECT_THAT(tidied.error().why, HasSubstr(path_));
  }
  EXPECT_TRUE(file->tidy(true).has_value());
}

TEST_F(StoreFileTest, IsWholeWithoutItsLogWhenItIsClosed) {
  make();
  EXPECT_EQ(std::filesystem::exists(path_ + "-wal") ? std::filesystem::file_size(path_ + "-wal")
                                                    : std::uintmax_t{0},
            0U);
}

TEST(Migration, HappensWholeOrNotAtAll) {
  SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  const std::array<const char*, 2> steps{
      "CREATE TABLE one (id INTEGER) STRICT",
      "CREATE TABLE two (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)"};
  EXPECT_THROW(migrate(database, steps), SQLite::Exception);
  EXPECT_EQ(version_of(database), 1);
  EXPECT_TRUE(database.tableExists("one"));
  EXPECT_FALSE(database.tableExists("two"));
}

TEST(Migration, GoesOnFromEveryVersion) {
  const std::array<const char*, 3> steps{"CREATE TABLE one (id INTEGER) STRICT",
                                         "CREATE TABLE two (id INTEGER) STRICT",
                                         "CREATE TABLE three (id INTEGER) STRICT"};
  for (std::size_t version = 0; version <= steps.size(); ++version) {
    SQLite::Database database(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    migrate(database, std::span(steps).first(version));
    EXPECT_EQ(version_of(database), static_cast<int>(version));
    migrate(database, steps);
    EXPECT_EQ(version_of(database), 3);
    EXPECT_TRUE(database.tableExists("one") && database.tableExists("three"));
  }
}

/// What a program of each version wrote; the number is the file's name. A new version adds a file
/// and changes none.
TEST_F(StoreFileTest, ReadsWhatEveryVersionWrote) {
  for (std::size_t version = 1; version <= migrations().size(); ++version) {
    path_ = folder_ / fmt::format("{}.db", version);
    change(bytes_in(fmt::format(KEISEI_TESTDATA "/version-{}.sql", version)));
    ASSERT_EQ(asked("PRAGMA user_version"), std::to_string(version));
    const auto file = StoreFile::open(path_);
    ASSERT_TRUE(file.has_value()) << file.error().why;
    EXPECT_EQ(asked("PRAGMA user_version"), std::to_string(migrations().size()));
    const auto memory = recollect(path_, std::nullopt);
    ASSERT_TRUE(memory.has_value()) << memory.error().why;
    EXPECT_EQ(lines_of(**memory), (Lines{line_of(run()), "segment 2, 1 games", line_of(update(1)),
                                         line_of(update(1, 2, 1763849000)), line_of(game("run-3")),
                                         line_of(move("run-3", 0)), line_of(move("run-4", 0)),
                                         line_of(evaluation()), line_of(milestone())}));
  }
}

}  // namespace
}  // namespace keisei::store::testing
