#include "rl/run/checkpoint.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "rl/run/trainer.h"
#include "rl/testing/full_disk.h"
#include "rl/testing/tiny_options.h"

namespace keisei::rl {
namespace {

const SystemClock kClock;

class CheckpointFile : public testing::Test {
 protected:
  CheckpointFile() {
    std::string pattern = (std::filesystem::temp_directory_path() / "keisei-rl-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~CheckpointFile() override { std::filesystem::remove_all(path_); }
  std::string path_;
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
    ASSERT_TRUE(save_checkpoint(checkpoint_path(path_, update), empty));
  }
  prune_checkpoints(path_, 2);
  EXPECT_EQ(find_checkpoints(path_),
            (std::vector{checkpoint_path(path_, 20), checkpoint_path(path_, 100)}));
}

TEST_F(CheckpointFile, AFullDiskLeavesTheOldCheckpointValidAndNothingBehind) {
  Trainer trainer(tiny_options(), kClock);
  const std::string path = checkpoint_path(path_, 0);
  ASSERT_TRUE(save_checkpoint(path, trainer.checkpoint("old")));
  {
    const FullDisk disk(10'000);
    const auto saved = save_checkpoint(path, trainer.checkpoint("new"));
    ASSERT_FALSE(saved);
    EXPECT_TRUE(saved.error().message.starts_with(path)) << saved.error().message;
  }
  EXPECT_EQ(load_checkpoint(path)->run_id, "old");
  const std::filesystem::directory_iterator files(path_);
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST_F(CheckpointFile, AFolderThatIsNotThereIsAnError) {
  EXPECT_FALSE(save_checkpoint(path_ + "/none/checkpoint.keisei", {}));
}

}  // namespace
}  // namespace keisei::rl
