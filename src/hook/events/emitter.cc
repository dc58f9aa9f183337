#include "hook/events/emitter.h"

#include "hook/events/lane.h"

namespace keisei::hook {

template <HookEvent Event>
void Emitter::emit(const Event& event) noexcept {
  lane_->emit(event);
}

void Emitter::leave_out(Kind kind) noexcept { lane_->leave_out(kind); }

namespace {

/// For every event of the list; nothing else asks this file for them.
[[gnu::used]] const auto kEmits = []<class... Event>(std::tuple<Event...>*) {
  return std::tuple(&Emitter::emit<Event>...);
}(static_cast<Events*>(nullptr));

}  // namespace
}  // namespace keisei::hook
