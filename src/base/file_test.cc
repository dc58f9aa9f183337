#include "base/file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>

#include "base/append_file.h"
#include "base/testing/full_disk.h"
#include "base/testing/temporary_folder.h"

namespace keisei {
namespace {

TEST(File, IsReadAsAWhole) {
  const TemporaryFolder folder;
  const std::string bytes("line\n\0byte", 10);
  EXPECT_EQ(read_file(folder.write("file", bytes)).value(), bytes);
}

TEST(File, MayBeEmpty) {
  const TemporaryFolder folder;
  EXPECT_EQ(read_file(folder.write("empty", "")).value(), "");
}

TEST(File, ThatIsNotThereIsAnErrorWithItsName) {
  const auto read = read_file("/nonexistent/file");
  ASSERT_FALSE(read);
  EXPECT_NE(read.error().message.find("/nonexistent/file"), std::string::npos);
}

TEST(WriteAtomically, ReplacesWhatWasThere) {
  const TemporaryFolder folder;
  const std::string path = folder.write("file", "old");
  ASSERT_TRUE(write_atomically(path, "new"));
  EXPECT_EQ(read_file(path).value(), "new");
}

TEST(WriteAtomically, LeavesTheOldBytesAndNothingElseWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  const std::string path = folder.write("file", "old");
  {
    const FullDisk disk(8);
    EXPECT_FALSE(write_atomically(path, "more than eight bytes"));
  }
  EXPECT_EQ(read_file(path).value(), "old");
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(AppendFile, AddsToWhatIsThere) {
  const TemporaryFolder folder;
  const std::string path = folder.write("file", "one\n");
  auto file = AppendFile::open(path);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), 4U);
  ASSERT_TRUE(file->append("two\n"));
  EXPECT_EQ(file->size(), 8U);
  EXPECT_EQ(read_file(path).value(), "one\ntwo\n");
}

TEST(AppendFile, IsMadeWithThePermissionsAskedFor) {
  const TemporaryFolder folder;
  ASSERT_TRUE(AppendFile::open(folder / "secret", 0600));
  struct stat status {};
  ASSERT_EQ(::stat((folder / "secret").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(AppendFile, LeavesNoHalfWhenTheDiskIsFull) {
  const TemporaryFolder folder;
  auto file = AppendFile::open(folder / "file");
  ASSERT_TRUE(file && file->append("one\n"));
  {
    const FullDisk disk(6);
    EXPECT_FALSE(file->append("two\n"));
  }
  EXPECT_EQ(file->size(), 4U);
  ASSERT_TRUE(file->append("three\n"));
  EXPECT_EQ(read_file(folder / "file").value(), "one\nthree\n");
}

TEST(AppendFile, ReadsFromAnywhereUpToItsEnd) {
  const TemporaryFolder folder;
  auto file = AppendFile::open(folder.write("file", "abcdef"));
  ASSERT_TRUE(file);
  std::string bytes(4, '?');
  EXPECT_EQ(file->read(1, bytes), 4U);
  EXPECT_EQ(bytes, "bcde");
  EXPECT_EQ(file->read(4, bytes), 2U);
  EXPECT_EQ(file->read(6, bytes), 0U);
}

TEST(AppendFile, InAFolderThatIsNotThereIsAnError) {
  EXPECT_FALSE(AppendFile::open("/nonexistent/folder/file"));
}

TEST(TemporaryFolder, GoesWithAllThatIsInIt) {
  std::filesystem::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    folder.write("deep/file", "text");
    EXPECT_TRUE(std::filesystem::exists(path / "deep" / "file"));
  }
  EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace keisei
