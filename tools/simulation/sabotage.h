#pragma once

#include <functional>
#include <vector>

#include "broker/frame.h"
#include "hook/events/events.h"
#include "store/entries.h"

namespace keisei::simulation {

/// How tests break the show on purpose, to see that it is noticed. Empty functions break nothing.
struct Sabotage {
  /// What the hook is told of a move, other than what was played.
  std::function<void(hook::MoveEvent&)> move;
  /// What is written of what the studio handed over.
  std::function<void(std::vector<store::Entry>&)> entries;
  /// What edges get instead of this batch.
  std::function<std::vector<broker::FrameBatch>(const broker::FrameBatch&)> frames;
};

}  // namespace keisei::simulation
