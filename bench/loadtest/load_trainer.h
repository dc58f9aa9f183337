#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <thread>

#include "base/clock.h"
#include "hook/streaming_hook.h"
#include "loadtest/showcase_process.h"

namespace keisei::loadtest {

/// Polls until the condition holds; throws std::runtime_error after 10 s.
template <class Condition>
void wait_for(const char* what, Condition condition) {
  for (int i = 0; i < 1000; ++i) {
    if (condition()) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error(std::string("gave up waiting for ") + what);
}

/// What a trainer is to the showcase: a real hook with PPO updates to tell.
class LoadTrainer {
 public:
  /// Returns when the hook is connected.
  explicit LoadTrainer(const ShowcaseProcess& showcase);
  void emit_update(std::int64_t update);

 private:
  SystemClock clock_;
  hook::StreamingHook hook_;
};

}  // namespace keisei::loadtest
