#pragma once

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <thread>

namespace keisei {

/// Says in code which thread owns an object: every member that is for the owner calls check().
///
///     void Hub::admit(…) { thread_.check(); … }
///
/// The first check binds the object to its thread; a check on another thread ends the process and
/// names the place. Builds with NDEBUG check nothing.
class ThreadChecker {
 public:
#ifdef NDEBUG
  void check() const noexcept {}
  void detach() noexcept {}
#else
  // The defaults are the caller's place. Not std::source_location: clang 14 has none.
  void check(const char* file = __builtin_FILE(), int line = __builtin_LINE(),
             const char* function = __builtin_FUNCTION()) const noexcept {
    const std::thread::id here = std::this_thread::get_id();
    std::thread::id owner{};
    if (owner_.compare_exchange_strong(owner, here, std::memory_order_relaxed)) return;
    if (owner == here) return;
    std::fprintf(stderr, "%s:%d: %s: called on a thread that does not own the object\n", file, line,
                 function);
    std::abort();
  }
  /// The object goes to another thread: the next check binds it there.
  void detach() noexcept { owner_.store({}, std::memory_order_relaxed); }

 private:
  mutable std::atomic<std::thread::id> owner_{};
#endif
};

}  // namespace keisei
