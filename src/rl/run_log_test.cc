#include "rl/run_log.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/testing/full_disk.h"
#include "base/testing/temporary_folder.h"

namespace keisei::rl {
namespace {

struct RunLogFile : testing::Test {
  TemporaryFolder folder;
};

TEST_F(RunLogFile, BeginsANewFileWithItsHeader) {
  const std::string path = folder / "log.csv";
  for (const char* line : {"1", "2"}) {
    auto log = RunLog::open(path, "a");
    ASSERT_TRUE(log && log->append(line));
  }
  std::ifstream file(path);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, "a\n1\n2\n");
}

TEST_F(RunLogFile, AppendsToWhatIsThere) {
  const std::string path = folder / "log.jsonl";
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
  const std::string path = folder / "log.jsonl";
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
