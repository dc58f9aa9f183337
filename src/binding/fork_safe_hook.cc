#include "binding/fork_safe_hook.h"

#include <pthread.h>

#include <utility>

namespace keisei::binding {
namespace {

std::atomic<std::uint32_t> generation{0};

void count_fork() { generation.fetch_add(1, std::memory_order_relaxed); }

}  // namespace

std::uint32_t fork_generation() noexcept { return generation.load(std::memory_order_relaxed); }

ForkSafeHook::Parts::Parts(hook::HookOptions options, protocol::RunStarted run)
    : hook(std::move(options), std::move(run), clock) {}

ForkSafeHook::ForkSafeHook(hook::HookOptions options, protocol::RunStarted run)
    : generation_(fork_generation()) {
  static const int registered = pthread_atfork(nullptr, nullptr, count_fork);
  (void)registered;
  parts_ = std::make_unique<Parts>(std::move(options), std::move(run));
}

ForkSafeHook::~ForkSafeHook() {
  // Leaked in the child: a destructor would wait for a thread that is not there.
  if (get() == nullptr) (void)parts_.release();
}

}  // namespace keisei::binding
