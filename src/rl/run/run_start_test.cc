#include "rl/run/run_start.h"

#include <gtest/gtest.h>

#include "base/testing/temporary_folder.h"

namespace keisei::rl {
namespace {

struct RunStart : testing::Test {
  void save(std::int64_t update) {
    Checkpoint checkpoint;
    checkpoint.updates = update;
    ASSERT_TRUE(save_checkpoint(checkpoint_path(folder.path(), update), checkpoint));
  }

  TemporaryFolder folder;
};

TEST_F(RunStart, IsANewRunUnlessAskedToGoOn) {
  save(4);
  const auto start = find_start("", folder.path());
  ASSERT_TRUE(start);
  EXPECT_FALSE(*start);
}

TEST_F(RunStart, IsANewRunWhereThereIsNoCheckpoint) {
  const auto start = find_start("auto", folder.path());
  ASSERT_TRUE(start);
  EXPECT_FALSE(*start);
}

TEST_F(RunStart, IsTheNewestCheckpoint) {
  save(4);
  save(20);
  const auto start = find_start("auto", folder.path());
  ASSERT_TRUE(start && *start);
  EXPECT_EQ((*start)->updates, 20);
}

TEST_F(RunStart, PassesOverNoDamagedCheckpointButNamesTheOneBefore) {
  save(4);
  folder.write("checkpoint-00000020.keisei", "damaged");
  const auto start = find_start("auto", folder.path());
  ASSERT_FALSE(start);
  EXPECT_TRUE(start.error().message.ends_with("; to go on from the one before: --resume " +
                                              checkpoint_path(folder.path(), 4)))
      << start.error().message;
}

}  // namespace
}  // namespace keisei::rl
