#pragma once

#include <atomic>
#include <cstdint>
#include <optional>

#include "hook/events/event_counters.h"
#include "protocol/types.h"

namespace keisei::hook {

using protocol::StreamingStage;

/// What may be emitted at the moment. Read by every emit, written rarely: by the training thread
/// (stage, windows) and by the publisher (the operator's word).
class Gate {
 public:
  /// Why an event of this kind is withheld, if it is.
  std::optional<DropReason> refusal(Kind kind) const noexcept {
    if (stopped()) return DropReason::stopped;
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

  bool stopped() const noexcept { return stopped_.load(std::memory_order_relaxed); }
  void set_stopped(bool stopped) noexcept { stopped_.store(stopped, std::memory_order_relaxed); }

  StreamingStage stage() const noexcept { return stage_.load(std::memory_order_relaxed); }
  void set_stage(StreamingStage stage) noexcept { stage_.store(stage, std::memory_order_relaxed); }

  /// A window without streaming: steps are not streamed and the publisher sleeps longer.
  bool resting() const noexcept { return resting_.load(std::memory_order_relaxed); }
  void set_resting(bool resting) noexcept { resting_.store(resting, std::memory_order_relaxed); }

 private:
  std::atomic<bool> stopped_{false};
  std::atomic<bool> resting_{false};
  std::atomic<StreamingStage> stage_{StreamingStage::full};
};

}  // namespace keisei::hook
