#include "simulation/schedule.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace keisei::simulation {

bool Schedule::is_later(const Event& one, const Event& other) {
  return std::tie(one.when, one.tie) > std::tie(other.when, other.tie);
}

void Schedule::at(SteadyTime when, const Life& life, std::function<void()> what) {
  events_.push_back({std::max(when, now_), random_.bits(), life.watch(), std::move(what)});
  std::push_heap(events_.begin(), events_.end(), is_later);
}

bool Schedule::step(SteadyTime end) {
  while (!events_.empty() && events_.front().when <= end) {
    std::pop_heap(events_.begin(), events_.end(), is_later);
    const Event event = std::move(events_.back());
    events_.pop_back();
    now_ = event.when;
    if (event.life.expired()) continue;
    event.what();
    return true;
  }
  now_ = std::max(now_, end);
  return false;
}

}  // namespace keisei::simulation
