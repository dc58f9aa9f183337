#pragma once

#include <cstdint>

#include "base/clock.h"
#include "hook/streaming_hook.h"
#include "loadtest/showcase_process.h"

namespace keisei::loadtest {

/// What a trainer is to the showcase: a real hook with PPO updates to tell.
class LoadTrainer {
 public:
  /// Returns when the hook is connected.
  explicit LoadTrainer(const ShowcaseProcess& showcase);
  void emit_update(std::int64_t update);
  hook::StreamingHook& hook() { return hook_; }

 private:
  SystemClock clock_;
  hook::StreamingHook hook_;
};

}  // namespace keisei::loadtest
