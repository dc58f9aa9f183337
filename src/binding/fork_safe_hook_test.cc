#include "binding/fork_safe_hook.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <memory>

namespace keisei::binding {
namespace {

std::unique_ptr<ForkSafeHook> make_hook() {
  hook::HookOptions options;
  options.url = "ws://127.0.0.1:9/ingest";  // nobody is there
  options.flush_deadline = std::chrono::milliseconds(0);
  protocol::RunStarted run{};
  run.run_id = "test";
  return std::make_unique<ForkSafeHook>(options, run);
}

TEST(ForkSafeHook, IsInertInAForkedChildAndTheChildEndsWithoutWaiting) {
  auto hook = make_hook();
  const pid_t child = fork();
  if (child == 0) {
    const bool inert = hook->get() == nullptr;
    hook.reset();  // would hang here if it joined the thread that was not copied
    _exit(inert ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_NE(hook->get(), nullptr);
}

TEST(ForkSafeHook, AChildsOwnHookLives) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "ThreadSanitizer allows no new threads after a fork";
#endif
  const auto hook = make_hook();
  const pid_t child = fork();
  if (child == 0) {
    const auto own = make_hook();
    _exit(own->get() != nullptr ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

}  // namespace
}  // namespace keisei::binding
