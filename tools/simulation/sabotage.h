#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/frame.h"
#include "hook/events/events.h"
#include "store/entries.h"

namespace keisei::simulation {

/// How tests break the show on purpose, to see that it is noticed. Empty functions break nothing.
struct Sabotage {
  /// What the hook is told of a move, other than what was played.
  std::function<void(hook::MoveEvent&)> move;
  /// Whether a message of the hook gets onto the wire; the hook believes that all do.
  std::function<bool(std::string_view message)> sends;
  /// What is written of what the studio handed over.
  std::function<void(std::vector<store::Entry>&)> entries;
  /// What becomes of a file of the store when the showcase is killed.
  std::function<void(std::string& bytes)> file;
  /// What edges get instead of this batch.
  std::function<std::vector<broker::FrameBatch>(const broker::FrameBatch&)> frames;
  /// Whether an edge takes connections.
  std::function<bool(std::size_t edge)> lets_in;
};

}  // namespace keisei::simulation
