#pragma once

#include <type_traits>
#include <variant>

#include "base/clock.h"
#include "studio/air.h"
#include "studio/content/keys.h"
#include "studio/events.h"

namespace keisei::studio {

/// One part of the show with its own state: it listens, and when it is its turn it goes on air.
///
/// All segments live on the studio's thread. Each hears every event in the order in which it
/// happened, and gets its turn after events and at due(). What it announces is heard by all,
/// itself included, before the turn after.
class Segment {
 public:
  virtual ~Segment() = default;

  virtual void on(const Event& event) = 0;
  /// Publishes what has changed, if it is time.
  virtual void advance(SteadyTime now, Air& air) = 0;
  /// When it wants a turn although nothing has happened; max() if never.
  virtual SteadyTime due() const { return SteadyTime::max(); }
  /// The texts that it may put on air.
  virtual Keys keys() const { return {}; }
};

/// Calls the handler that takes the event; events that no handler takes pass by.
///
///     match(event, [&](const RunBegan& began) { … }, [&](const GameEnded& ended) { … });
template <class... Handlers>
void match(const Event& event, Handlers&&... handlers) {
  struct Overloads : std::remove_reference_t<Handlers>... {
    using std::remove_reference_t<Handlers>::operator()...;
  };
  const Overloads overloads{handlers...};
  std::visit(
      [&](const auto& one) {
        if constexpr (std::is_invocable_v<const Overloads&, decltype(one)>) overloads(one);
      },
      event);
}

}  // namespace keisei::studio
