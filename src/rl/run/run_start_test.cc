#include "rl/run/run_start.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace keisei::rl {
namespace {

class RunStart : public testing::Test {
 protected:
  RunStart() {
    std::string pattern = (std::filesystem::temp_directory_path() / "keisei-rl-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~RunStart() override { std::filesystem::remove_all(path_); }

  void save(std::int64_t update) {
    Checkpoint checkpoint;
    checkpoint.updates = update;
    ASSERT_TRUE(save_checkpoint(checkpoint_path(path_, update), checkpoint));
  }

  std::string path_;
};

TEST_F(RunStart, IsANewRunUnlessAskedToGoOn) {
  save(4);
  const auto start = find_start("", path_);
  ASSERT_TRUE(start);
  EXPECT_FALSE(*start);
}

TEST_F(RunStart, IsANewRunWhereThereIsNoCheckpoint) {
  const auto start = find_start("auto", path_);
  ASSERT_TRUE(start);
  EXPECT_FALSE(*start);
}

TEST_F(RunStart, IsTheNewestCheckpoint) {
  save(4);
  save(20);
  const auto start = find_start("auto", path_);
  ASSERT_TRUE(start && *start);
  EXPECT_EQ((*start)->updates, 20);
}

TEST_F(RunStart, PassesOverNoDamagedCheckpointButNamesTheOneBefore) {
  save(4);
  std::ofstream(checkpoint_path(path_, 20)) << "damaged";
  const auto start = find_start("auto", path_);
  ASSERT_FALSE(start);
  EXPECT_TRUE(start.error().message.ends_with("; to go on from the one before: --resume " +
                                              checkpoint_path(path_, 4)))
      << start.error().message;
}

}  // namespace
}  // namespace keisei::rl
