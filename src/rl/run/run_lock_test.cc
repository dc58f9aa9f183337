#include "rl/run/run_lock.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/testing/temporary_folder.h"

namespace keisei::rl {
namespace {

TEST(RunLock, KeepsARunDirectoryForOneProcess) {
  const TemporaryFolder folder;
  const std::string path = folder.path().string();
  {
    const auto first = RunLock::take(path);
    ASSERT_TRUE(first);
    const auto second = RunLock::take(path);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().message,
              path + " is in use by another trainer (process " + std::to_string(::getpid()) + ")");
  }
  EXPECT_TRUE(RunLock::take(path));
}

TEST(RunLock, SaysThatThereIsNoSuchFolder) { EXPECT_FALSE(RunLock::take("/nowhere")); }

}  // namespace
}  // namespace keisei::rl
