#pragma once

#include <string>

#include "hook/events/event_list.h"

/// From what training emitted to what the showcase is told.
namespace keisei::hook {

/// Unique over all runs.
std::string game_id(const std::string& run_id, std::int64_t game_number);

/// Whether the numbers that have no "unknown" in the message (board maps, probabilities of top
/// moves) are finite. All else of an event is trusted no further than its arrays reach.
template <HookEvent Event>
bool is_sound(const Event& event);

/// `run_id`: the run that the event belongs to; of no use to one that begins a run.
template <HookEvent Event>
MessageOf<Event> to_message(const Event& event, const std::string& run_id, double emitted_at);

protocol::RunStarted to_message(const RunStartedEvent& event);

}  // namespace keisei::hook
