#pragma once

#include "hook/events/event_list.h"

namespace keisei::hook {

class Lane;

/// One thread's way to the showcase.
///
/// `emit` copies the event into a bounded lock-free ring and returns: wait-free, no allocation, no
/// lock, no system call but reading the clock. There is a ring for each kind of event
/// (event_list.h), so that attention can never crowd out a game's result. A full ring drops the
/// newcomer of its own kind and counts it.
///
/// For one thread at a time.
class Emitter {
 public:
  Emitter(const Emitter&) = delete;
  Emitter& operator=(const Emitter&) = delete;

  /// Any event of the list. A RunStartedEvent replaces the run that the hook was made with, for
  /// what is emitted from now on.
  template <HookEvent Event>
  void emit(const Event& event) noexcept;

  /// Counts an event of a step that is not streamed, for which nothing was prepared: the showcase
  /// then knows the gap for one on purpose.
  void leave_out(Kind kind) noexcept;

 protected:
  explicit Emitter(Lane* lane) : lane_(lane) {}
  ~Emitter() = default;
  Lane* lane_;
};

}  // namespace keisei::hook
