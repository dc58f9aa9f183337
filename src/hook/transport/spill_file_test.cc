#include "hook/transport/spill_file.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>

#include <filesystem>

#include "base/testing/temporary_folder.h"

namespace keisei::hook {
namespace {

constexpr std::size_t kRoom = 1024;

/// While this lives, no file grows.
class Sealed {
 public:
  Sealed() : handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = 0;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~Sealed() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }
  Sealed(const Sealed&) = delete;
  Sealed& operator=(const Sealed&) = delete;

 private:
  void (*handler_)(int);
  rlimit before_{};
};

class SpillFileTest : public testing::Test {
 protected:
  static std::string take(SpillFile& file, std::uint64_t seq) {
    const auto line = file.peek();
    if (!line) return "";
    file.take(seq);
    return *line;
  }

  const TemporaryFolder folder_;
  const std::string path_ = folder_ / "spill";
};

TEST_F(SpillFileTest, GivesBackInOrder) {
  SpillFile file(path_, kRoom);
  EXPECT_TRUE(file.append("one"));
  EXPECT_TRUE(file.append("two"));
  EXPECT_EQ(take(file, 1), "one");
  EXPECT_EQ(take(file, 2), "two");
  EXPECT_TRUE(file.empty());
}

TEST_F(SpillFileTest, SurvivesTheEndOfTheProcess) {
  SpillFile(path_, kRoom).append("one");
  SpillFile later(path_, kRoom);
  later.append("two");
  EXPECT_EQ(take(later, 1), "one");
  EXPECT_EQ(take(later, 2), "two");
}

TEST_F(SpillFileTest, IsEmptiedWhenEverythingIsConfirmed) {
  SpillFile file(path_, kRoom);
  file.append("one");
  file.append("two");
  take(file, 5);
  take(file, 6);
  EXPECT_EQ(file.acknowledge(5), 1U);
  EXPECT_GT(std::filesystem::file_size(path_), 0U);
  EXPECT_EQ(file.acknowledge(6), 1U);
  EXPECT_EQ(std::filesystem::file_size(path_), 0U);
  file.append("three");
  EXPECT_EQ(take(file, 7), "three");
}

TEST_F(SpillFileTest, RepeatsWhatWasNotConfirmed) {
  SpillFile file(path_, kRoom);
  for (const char* line : {"one", "two", "three"}) file.append(line);
  for (std::uint64_t seq = 1; seq <= 3; ++seq) take(file, seq);
  file.acknowledge(1);
  file.lost();
  EXPECT_EQ(take(file, 1), "two");
}

TEST_F(SpillFileTest, CountsOnlyItsOwnLinesAsConfirmed) {
  SpillFile(path_, kRoom).append("of before");
  SpillFile file(path_, kRoom);
  file.append("own");
  take(file, 1);
  take(file, 2);
  EXPECT_EQ(file.acknowledge(2), 1U);
}

TEST_F(SpillFileTest, RefusesWhatDoesNotFit) {
  SpillFile file(path_, 8);
  EXPECT_TRUE(file.append("1234567"));
  EXPECT_FALSE(file.append(""));
  EXPECT_EQ(std::filesystem::file_size(path_), 8U);
}

TEST_F(SpillFileTest, GivesALineThatWasCutOffALineOfItsOwn) {
  folder_.write("spill", "whole\nhal");
  SpillFile file(path_, kRoom);
  file.append("next");
  EXPECT_EQ(take(file, 1), "whole");
  EXPECT_EQ(take(file, 0), "hal");
  EXPECT_EQ(take(file, 2), "next");
}

TEST_F(SpillFileTest, ReadsLinesLongerThanItsBuffer) {
  const std::string line(100'000, 'x');
  SpillFile file(path_, 1 << 20);
  file.append(line);
  EXPECT_EQ(take(file, 1), line);
}

TEST_F(SpillFileTest, KeepsWhatCannotBeRead) {
  folder_.write("spill", "one\ntwo\nthree\n");
  SpillFile file(path_, kRoom);
  EXPECT_EQ(take(file, 1), "one");
  std::filesystem::resize_file(path_, 6);
  EXPECT_FALSE(file.peek());
  EXPECT_TRUE(file.empty());
  EXPECT_EQ(file.acknowledge(1), 0U);
  EXPECT_EQ(std::filesystem::file_size(path_), 6U);

  folder_.write("spill", "one\ntwo\nthree\n");
  EXPECT_FALSE(file.peek()) << "not on this connection";
  file.lost();
  EXPECT_EQ(take(file, 2), "two");
}

TEST_F(SpillFileTest, GivesHalfALineToItsReader) {
  folder_.write("spill", "one\nhal");
  const Sealed sealed;  // no line end can be added either
  SpillFile file(path_, kRoom);
  EXPECT_EQ(take(file, 1), "one");
  EXPECT_EQ(take(file, 0), "hal");
  EXPECT_TRUE(file.empty());
}

TEST_F(SpillFileTest, HoldsNothingWithoutAFile) {
  SpillFile none("", kRoom);
  EXPECT_FALSE(none.append("one"));
  SpillFile impossible("/nonexistent/folder/file", kRoom);
  EXPECT_FALSE(impossible.append("one"));
  EXPECT_TRUE(impossible.empty());
}

}  // namespace
}  // namespace keisei::hook
