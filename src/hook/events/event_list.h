#pragma once

#include <array>
#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <tuple>

#include "hook/events/events.h"
#include "protocol/telemetry.h"

/// Every kind of event, once. A new kind is a struct in events.h, the message that it becomes, and
/// a row here: its ring, backlog, counters, JSON and checks follow.
namespace keisei::hook {

/// Who gives way to whom. Kinds have rings and backlogs of their own, so that a lower priority can
/// never crowd out a higher one. Fallback withholds the lowest first, an outage's spill file keeps
/// critical events only, and medium and low ones are part of a training step: they pause while the
/// cost of streaming is measured.
enum class Priority : std::uint8_t { critical, high, medium, low };

/// How many events of a kind may wait.
struct Room {
  std::size_t ring;     // until the publisher's next look; rounded up to a power of two
  std::size_t backlog;  // until it is confirmed; beyond that the oldest is dropped, unsent or not
};

template <class EventType, class MessageType>
struct EventRow {
  using Event = EventType;
  using Message = MessageType;
  std::string_view name;  // in counters, keisei_hook_emit_json and Python's emit_…
  Priority priority;
  Room room;                  // unless the options say otherwise
  std::string_view required;  // what Python's generic emit_… must be given, separated by '|'
};

/// Of events of the same instant the later in this list goes first: a game's last move before its
/// result, and a new run before what belongs to it.
inline constexpr std::tuple kEventRows{
    EventRow<GameFinishedEvent, protocol::GameFinished>{
        "game_finished", Priority::critical, {32, 256}, "game_number|moves|reason"},
    EventRow<EvaluationEvent, protocol::EvaluationFinished>{
        "evaluation", Priority::critical, {8, 32}, "update|global_step"},
    EventRow<CheckpointEvent, protocol::CheckpointSaved>{
        "checkpoint", Priority::high, {8, 32}, "update|global_step|name|bytes"},
    EventRow<MetricsEvent, protocol::TrainerMetrics>{
        "ppo_metrics", Priority::high, {256, 1024}, ""},
    EventRow<MoveEvent, protocol::MovePlayed>{"move", Priority::medium, {1024, 2048}, ""},
    EventRow<AttentionEvent, protocol::Attention>{
        "attention", Priority::low, {64, 128}, "game_number|ply|block|activity"},
    EventRow<RunStartedEvent, protocol::RunStarted>{"run_started", Priority::critical, {8, 32}, ""},
};
// A look of the publisher that comes late, as on a busy machine, finds a full ring and takes it
// whole.
static_assert(
    std::apply([](const auto&... rows) { return ((rows.room.backlog >= rows.room.ring) && ...); },
               kEventRows));

template <class Row>
using EventOfRow = typename Row::Event;
/// std::tuple<GameFinishedEvent, …>
using Events = boost::mp11::mp_transform<EventOfRow, std::remove_const_t<decltype(kEventRows)>>;

/// A kind of event: its place in the list.
enum class Kind : std::uint8_t {};
inline constexpr std::size_t kKinds = std::tuple_size_v<Events>;

template <class Event>
inline constexpr std::size_t kIndexOf = boost::mp11::mp_find<Events, Event>::value;
template <class Event>
concept HookEvent = kIndexOf<Event> < kKinds;
template <HookEvent Event>
inline constexpr Kind kKindOf = static_cast<Kind>(kIndexOf<Event>);
template <HookEvent Event>
inline constexpr auto kRowOf = std::get<kIndexOf<Event>>(kEventRows);
/// The telemetry message that an event becomes.
template <HookEvent Event>
using MessageOf = typename std::tuple_element_t<kIndexOf<Event>, decltype(kEventRows)>::Message;

/// One column of the list, by kind: `column(&EventRow::name)` would be it if all rows had one type.
template <class Value, class Take>
constexpr std::array<Value, kKinds> column(Take take) {
  return std::apply([&](const auto&... rows) { return std::array<Value, kKinds>{take(rows)...}; },
                    kEventRows);
}

constexpr Priority priority_of(Kind kind) {
  constexpr auto kPriorities = column<Priority>([](const auto& row) { return row.priority; });
  return kPriorities[static_cast<std::size_t>(kind)];
}
constexpr std::string_view name_of(Kind kind) {
  constexpr auto kNames = column<std::string_view>([](const auto& row) { return row.name; });
  return kNames[static_cast<std::size_t>(kind)];
}

/// How many events of each kind may wait.
class Rooms {
 public:
  template <HookEvent Event>
  constexpr Room& of() {
    return rooms_[kIndexOf<Event>];
  }
  template <HookEvent Event>
  constexpr const Room& of() const {
    return rooms_[kIndexOf<Event>];
  }

 private:
  std::array<Room, kKinds> rooms_ = column<Room>([](const auto& row) { return row.room; });
};

/// An event with the time at which training handed it over, in seconds since the epoch.
template <class Event>
struct Stamped {
  double emitted_at;
  Event event;
};

}  // namespace keisei::hook
