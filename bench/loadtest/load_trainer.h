#pragma once

#include <cstdint>
#include <string>

#include "base/clock.h"
#include "hook/streaming_hook.h"
#include "loadtest/showcase_process.h"

namespace keisei::loadtest {

/// What a trainer is to the showcase: a real hook with PPO updates and evaluations to tell.
class LoadTrainer {
 public:
  /// Returns when the hook is connected. `spill_file`: as in its options.
  explicit LoadTrainer(const ShowcaseProcess& showcase, const std::string& spill_file = {});
  void emit_update(std::int64_t update);
  /// Of the network after this update; the interval is ± 10 Elo.
  void emit_evaluation(std::int64_t update, double elo);
  hook::StreamingHook& hook() { return hook_; }

 private:
  SystemClock clock_;
  hook::StreamingHook hook_;
};

}  // namespace keisei::loadtest
