#include "rl/run/checkpoint.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/testing/full_disk.h"
#include "base/testing/temporary_folder.h"
#include "rl/run/trainer.h"
#include "rl/testing/tiny_options.h"

namespace keisei::rl {
namespace {

const SystemClock kClock;

struct CheckpointFile : testing::Test {
  TemporaryFolder folder;
};

TEST_F(CheckpointFile, AnyDamagedByteIsRefused) {
  Trainer trainer(tiny_options(), kClock);
  const std::string good = encode_checkpoint(trainer.checkpoint("run"));
  ASSERT_TRUE(decode_checkpoint(good));
  for (std::size_t at = 0; at < good.size(); at += 1 + good.size() / 300) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x10);
    EXPECT_FALSE(decode_checkpoint(bad)) << at;
    EXPECT_FALSE(decode_checkpoint(good.substr(0, at))) << at;
  }
}

TEST_F(CheckpointFile, KeepsWhatWasForecastOfGamesThatGoOn) {
  Checkpoint checkpoint;
  checkpoint.environments.resize(2);
  checkpoint.environments[1].forecasts = {0.5F, -1, 0.25F};
  checkpoint.foresight = {1.5, -2};
  const auto read = decode_checkpoint(encode_checkpoint(checkpoint));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->environments[1].forecasts, checkpoint.environments[1].forecasts);
  EXPECT_TRUE(read->environments[0].forecasts.empty());
  EXPECT_EQ(read->foresight, checkpoint.foresight);
}

TEST_F(CheckpointFile, RefusesThatOfAnotherNumberOfEnvironments) {
  Options more = tiny_options();
  more.environment.count = 5;
  Trainer trainer(tiny_options(), kClock), other(more, kClock);
  EXPECT_EQ(trainer.resume(other.checkpoint("x")).error().message,
            "it was made with environment.count = 5");
}

TEST_F(CheckpointFile, OnlyTheNewestAreKept) {
  const Checkpoint empty;
  for (const int update : {5, 20, 100}) {
    ASSERT_TRUE(save_checkpoint(checkpoint_path(folder.path(), update), empty));
  }
  prune_checkpoints(folder.path(), 2, checkpoint_path(folder.path(), 100));
  EXPECT_EQ(find_checkpoints(folder.path()),
            (std::vector{checkpoint_path(folder.path(), 20), checkpoint_path(folder.path(), 100)}));
}

TEST_F(CheckpointFile, TheOneJustSavedIsKeptWhateverTheOthersAreCalled) {
  for (const int update : {1, 30, 40}) {
    ASSERT_TRUE(save_checkpoint(checkpoint_path(folder.path(), update), {}));
  }
  prune_checkpoints(folder.path(), 1, checkpoint_path(folder.path(), 1));
  EXPECT_EQ(find_checkpoints(folder.path()),
            (std::vector{checkpoint_path(folder.path(), 1), checkpoint_path(folder.path(), 40)}));
}

TEST_F(CheckpointFile, WhatAKilledProcessLeftHalfWrittenIsDeleted) {
  folder.write("checkpoint-00000005.keisei.part", "half");
  ASSERT_TRUE(save_checkpoint(checkpoint_path(folder.path(), 6), {}));
  prune_checkpoints(folder.path(), 2, checkpoint_path(folder.path(), 6));
  EXPECT_FALSE(std::filesystem::exists(folder / "checkpoint-00000005.keisei.part"));
  EXPECT_EQ(find_checkpoints(folder.path()).size(), 1U);
}

// Else a run that goes on from an earlier one would resume from them, and prune its own for theirs.
TEST_F(CheckpointFile, ThoseOfLaterUpdatesCanBeSetAside) {
  for (const int update : {4, 9, 20}) {
    ASSERT_TRUE(save_checkpoint(checkpoint_path(folder.path(), update), {}));
  }
  EXPECT_EQ(set_aside_later_checkpoints(folder.path(), 4).names,
            (std::vector{checkpoint_path(folder.path(), 9) + ".set-aside",
                         checkpoint_path(folder.path(), 20) + ".set-aside"}));
  EXPECT_EQ(find_checkpoints(folder.path()), (std::vector{checkpoint_path(folder.path(), 4)}));
  ASSERT_TRUE(save_checkpoint(checkpoint_path(folder.path(), 9), {}));
  EXPECT_EQ(set_aside_later_checkpoints(folder.path(), 4).names,
            (std::vector{checkpoint_path(folder.path(), 9) + ".set-aside-2"}));
  EXPECT_EQ(set_aside_later_checkpoints(folder.path(), kBeforeAny).names,
            (std::vector{checkpoint_path(folder.path(), 4) + ".set-aside"}));
}

TEST_F(CheckpointFile, AFullDiskLeavesTheOldCheckpointValidAndNothingBehind) {
  Trainer trainer(tiny_options(), kClock);
  const std::string path = checkpoint_path(folder.path(), 0);
  ASSERT_TRUE(save_checkpoint(path, trainer.checkpoint("old")));
  {
    const FullDisk disk(10'000);
    const auto saved = save_checkpoint(path, trainer.checkpoint("new"));
    ASSERT_FALSE(saved);
    EXPECT_TRUE(saved.error().message.starts_with(path)) << saved.error().message;
  }
  EXPECT_EQ(load_checkpoint(path)->run_id, "old");
  const std::filesystem::directory_iterator files(folder.path());
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(CheckpointFile, AFolderThatIsNotThereIsAnError) {
  EXPECT_FALSE(save_checkpoint(folder / "none/checkpoint.keisei", {}));
}

}  // namespace
}  // namespace keisei::rl
