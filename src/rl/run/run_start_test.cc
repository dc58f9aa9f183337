#include "rl/run/run_start.h"

#include <gtest/gtest.h>

#include "base/testing/temporary_folder.h"
#include "rl/testing/two_processes.h"

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
  EXPECT_FALSE(start->checkpoint);
}

TEST_F(RunStart, IsANewRunWhereThereIsNoCheckpoint) {
  const auto start = find_start("auto", folder.path());
  ASSERT_TRUE(start);
  EXPECT_FALSE(start->checkpoint);
}

TEST_F(RunStart, IsTheNewestCheckpoint) {
  save(4);
  save(20);
  const auto start = find_start("auto", folder.path());
  ASSERT_TRUE(start && start->checkpoint);
  EXPECT_EQ(start->checkpoint->updates, 20);
  EXPECT_TRUE(start->damaged.empty());
}

TEST_F(RunStart, IsTheNewestSoundOneAndSaysWhatIsWrongWithThoseAfterIt) {
  save(4);
  folder.write("checkpoint-00000020.keisei", "damaged");
  folder.write("checkpoint-00000030.keisei", "");
  const auto start = find_start("auto", folder.path());
  ASSERT_TRUE(start && start->checkpoint);
  EXPECT_EQ(start->checkpoint->updates, 4);
  EXPECT_EQ(start->damaged,
            (std::vector<std::string>{
                checkpoint_path(folder.path(), 30) + ": this is no checkpoint of version 1",
                checkpoint_path(folder.path(), 20) + ": this is no checkpoint of version 1"}));
}

TEST_F(RunStart, LeavesItToTheUserToBeginAnewWhereNoCheckpointIsSound) {
  folder.write("checkpoint-00000020.keisei", "damaged");
  const auto start = find_start("auto", folder.path());
  ASSERT_FALSE(start);
  EXPECT_NE(start.error().message.find("is sound"), std::string::npos) << start.error().message;
  EXPECT_EQ(find_checkpoints(folder.path()).size(), 1U);
}

TEST_F(RunStart, PassesOverNoCheckpointThatWasAskedFor) {
  save(4);
  const auto start =
      find_start(folder.write("checkpoint-00000020.keisei", "damaged"), folder.path());
  ASSERT_FALSE(start);
}

TEST_F(RunStart, SaysWhatCannotBeComparedWithFiguresOfAnOlderProgram) {
  Checkpoint older, newer;
  newer.foresight = {1};
  EXPECT_TRUE(changed_figures(newer, folder.path()).empty()) << "it was never evaluated";
  EXPECT_EQ(changed_figures(older, folder.path()),
            std::vector<std::string>{"explained variance and values of moves before and after "
                                     "cannot be compared: both are of the results of games now"});
  folder.write("evaluations.jsonl", R"({"skills":{"suite":1}})"
                                    "\n");
  ASSERT_EQ(changed_figures(newer, folder.path()).size(), 1U);
  EXPECT_NE(changed_figures(newer, folder.path())[0].find("suite 1"), std::string::npos);
  EXPECT_EQ(changed_figures(older, folder.path()).size(), 2U);
}

TEST_F(RunStart, IsTheNewestThatAllProcessesOfAGroupHave) {
  const TemporaryFolder other;
  Checkpoint checkpoint;
  for (const int update : {4, 8, 12}) {
    checkpoint.updates = update;
    ASSERT_TRUE(save_checkpoint(checkpoint_path(folder.path(), update), checkpoint));
    ASSERT_TRUE(save_checkpoint(checkpoint_path(other.path(), update), checkpoint));
  }
  folder.write("checkpoint-00000012.keisei", "damaged");
  other.write("checkpoint-00000008.keisei", "damaged");
  with_two_processes([&](ProcessGroup& group) {
    const auto& own = group.rank() == 0 ? folder : other;
    const auto start = find_start("auto", own.path(), &group);
    ASSERT_TRUE(start && start->checkpoint);
    EXPECT_EQ(start->checkpoint->updates, 4);
    EXPECT_EQ(start->damaged.size(), 1U);
    EXPECT_TRUE(agree_on_start(group, start->checkpoint->updates));
  });
}

}  // namespace
}  // namespace keisei::rl
