#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "hook/events/event_counters.h"
#include "protocol/types.h"

namespace keisei::hook {

using protocol::StreamingStage;

/// What may be emitted at the moment. Read by every emit, written rarely: by the training thread
/// (stage, windows, the end) and by the publisher (the operator's word).
class Gate {
 public:
  /// Why an event of this kind is withheld, if it is.
  std::optional<DropReason> refusal(Kind kind) const noexcept {
    switch (flow_.load(std::memory_order_relaxed)) {
      case Flow::on:
        break;
      case Flow::stopped:
        return DropReason::stopped;
      case Flow::ended:
        return DropReason::ended;
    }
    const Priority priority = priority_of(kind);
    switch (stage()) {
      case StreamingStage::full:
        break;
      case StreamingStage::reduced:
        if (priority == Priority::low) return DropReason::fallback;
        break;
      case StreamingStage::minimal:
        if (priority >= Priority::medium) return DropReason::fallback;
        break;
      case StreamingStage::off:
        return DropReason::fallback;
    }
    // Results and metrics are no part of a training step: they pass.
    if (priority >= Priority::medium && resting()) return DropReason::measuring;
    return std::nullopt;
  }

  /// By the operator.
  bool stopped() const noexcept { return flow_.load(std::memory_order_relaxed) == Flow::stopped; }
  void set_stopped(bool stopped) noexcept {
    Flow before = stopped ? Flow::on : Flow::stopped;
    flow_.compare_exchange_strong(before, stopped ? Flow::stopped : Flow::on,
                                  std::memory_order_relaxed);
  }
  /// Nobody sends any more.
  void end() noexcept { flow_.store(Flow::ended, std::memory_order_relaxed); }

  StreamingStage stage() const noexcept { return stage_.load(std::memory_order_relaxed); }
  void set_stage(StreamingStage stage) noexcept { stage_.store(stage, std::memory_order_relaxed); }

  /// A window without streaming: steps are not streamed and the publisher sleeps longer.
  bool resting() const noexcept { return resting_.load(std::memory_order_relaxed); }
  void set_resting(bool resting) noexcept { resting_.store(resting, std::memory_order_relaxed); }

 private:
  enum class Flow : std::uint8_t { on, stopped, ended };

  std::atomic<Flow> flow_{Flow::on};
  std::atomic<bool> resting_{false};
  std::atomic<StreamingStage> stage_{StreamingStage::full};
};

}  // namespace keisei::hook
