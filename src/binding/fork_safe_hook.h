#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "hook/streaming_hook.h"

namespace keisei::binding {

/// How often this process is a fork of a fork since the library was loaded. Costs a load, where
/// getpid() would be a system call at every emit.
std::uint32_t fork_generation() noexcept;

/// A StreamingHook with a clock of its own that a forked child cannot break.
///
/// fork() copies the memory but not the publisher thread: in the child there is nobody to send, to
/// answer the flush or to be joined. There `get` is null, and destruction forgets the copy.
///
/// Until the child ends or executes another program it holds the connection's descriptor open.
class ForkSafeHook {
 public:
  /// Throws std::invalid_argument as StreamingHook does.
  ForkSafeHook(hook::HookOptions options, protocol::RunStarted run);
  ~ForkSafeHook();
  ForkSafeHook(const ForkSafeHook&) = delete;
  ForkSafeHook& operator=(const ForkSafeHook&) = delete;

  /// Null in a forked child.
  hook::StreamingHook* get() const noexcept {
    return generation_ == fork_generation() ? &parts_->hook : nullptr;
  }

 private:
  struct Parts {
    Parts(hook::HookOptions options, protocol::RunStarted run);
    SystemClock clock;
    hook::StreamingHook hook;
  };
  std::unique_ptr<Parts> parts_;
  std::uint32_t generation_;
};

}  // namespace keisei::binding
