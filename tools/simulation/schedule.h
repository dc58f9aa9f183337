#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "simulation/random.h"

namespace keisei::simulation {

/// Whoever has one schedules for itself: what has not happened when this goes never does.
class Life {
 public:
  Life() = default;
  Life(const Life&) = delete;
  Life& operator=(const Life&) = delete;
  std::weak_ptr<const char> watch() const { return token_; }

 private:
  std::shared_ptr<const char> token_ = std::make_shared<const char>('\0');
};

/// What happens when. Time passes from one event to the next and not otherwise; of events of the
/// same instant chance decides which goes first.
class Schedule {
 public:
  explicit Schedule(Random random) : random_(random) {}

  /// Begins an hour after the machines were started.
  SteadyTime now() const { return now_; }
  /// What is late happens now.
  void at(SteadyTime when, const Life& life, std::function<void()> what);
  void after(SteadyTime::duration time, const Life& life, std::function<void()> what) {
    at(now_ + time, life, std::move(what));
  }
  /// Lets the next event happen, unless that is later than `end`; whether one did. If not, it is
  /// `end` now.
  bool step(SteadyTime end);

 private:
  struct Event {
    SteadyTime when;
    std::uint64_t tie;
    std::weak_ptr<const char> life;
    std::function<void()> what;
  };
  static bool is_later(const Event& one, const Event& other);

  SteadyTime now_{std::chrono::hours(1)};
  Random random_;
  std::vector<Event> events_;  // a heap: the first is next
};

}  // namespace keisei::simulation
