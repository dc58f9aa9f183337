#pragma once

#include "broker/epoch.h"
#include "edge/edge_counters.h"

namespace keisei::edge {

/// Refuses what a studio says that has been replaced, and counts it. It may say it for a while: it
/// does not know yet.
class EpochGate {
 public:
  explicit EpochGate(CounterFamily<OldStudio> refused) : refused_(refused) {}

  bool admits(broker::Epoch epoch, OldStudio kind) {
    if (epoch < newest_) {
      refused_[kind].add();
      return false;
    }
    newest_ = epoch;
    return true;
  }

 private:
  broker::Epoch newest_ = 0;
  CounterFamily<OldStudio> refused_;
};

}  // namespace keisei::edge
