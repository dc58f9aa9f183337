#include "base/thread_check.h"

#include <gtest/gtest.h>

namespace keisei {
namespace {

class Owned {
 public:
  void use() const { thread_.check(); }
  void hand_over() { thread_.detach(); }

 private:
  ThreadChecker thread_;
};

TEST(ThreadChecker, AllowsOneThreadToUseAnObjectForEver) {
  const Owned owned;
  owned.use();
  owned.use();
}

TEST(ThreadChecker, BindsToTheThreadThatUsesTheObjectFirst) {
  const Owned made_here;
  std::thread([&] { made_here.use(); }).join();
}

TEST(ThreadChecker, LetsAnObjectBeHandedOver) {
  Owned owned;
  owned.use();
  owned.hand_over();
  std::thread([&] { owned.use(); }).join();
}

#ifndef NDEBUG
TEST(ThreadCheckerDeathTest, NamesThePlaceThatAnotherThreadReached) {
  const Owned owned;
  owned.use();
  EXPECT_DEATH(std::thread([&] { owned.use(); }).join(), "thread_check_test.cc.*does not own");
}
#endif

}  // namespace
}  // namespace keisei
