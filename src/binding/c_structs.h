#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "base/result.h"
#include "binding/keisei_hook.h"
#include "hook/events/events.h"
#include "hook/streaming_hook.h"

/// The structs of the C interface and what they mean to the hook. `fill` copies and checks what an
/// event cannot hold; `check` (event_checks.h) does the rest.
namespace keisei::binding {

template <class Struct>
using Init = void (*)(Struct*, std::size_t) noexcept;

/// The caller's struct in today's layout: what an older header did not have keeps its default.
/// False for one whose `size` was never set.
template <class Struct>
bool read(const Struct* from, Init<Struct> init, Struct& to) {
  if (from == nullptr || from->size <= sizeof(std::size_t)) return false;
  init(&to, sizeof to);
  std::memcpy(&to, from, std::min(from->size, sizeof(Struct)));
  return true;
}

Result<hook::HookOptions> to_options(const keisei_hook_options& given);

Result<void> fill(const keisei_hook_run& given, hook::RunStartedEvent& event);
Result<void> fill(const keisei_hook_ppo_metrics& given, hook::MetricsEvent& event);
Result<void> fill(const keisei_hook_move& given, bool with_usi, hook::MoveEvent& event);
/// After the move's own `fill`, which knows whose turn it is.
Result<void> fill(const keisei_hook_policy& policy, hook::MoveEvent& event);
Result<void> fill(const keisei_hook_game& given, hook::GameFinishedEvent& event);
Result<void> fill(const keisei_hook_attention& given, hook::AttentionEvent& event);
Result<void> fill(const keisei_hook_evaluation& given, hook::EvaluationEvent& event);
Result<void> fill(const keisei_hook_checkpoint& given, hook::CheckpointEvent& event);

}  // namespace keisei::binding
