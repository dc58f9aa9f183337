#include "hook/transport/reconnect_policy.h"

#include <algorithm>
#include <utility>

namespace keisei::hook {

using std::chrono::milliseconds;

ReconnectPolicy::ReconnectPolicy(Options options, std::function<double()> random)
    : options_(options), random_(std::move(random)) {}

void ReconnectPolicy::on_connected(SteadyTime now) {
  connected_ = true;
  connected_at_ = now;
}

SteadyTime::duration ReconnectPolicy::end(SteadyTime now) {
  const auto held = std::exchange(connected_, false) ? now - connected_at_ : SteadyTime::duration();
  return held;
}

void ReconnectPolicy::on_replaced(SteadyTime now) {
  end(now);
  failures_ = 0;
  milliseconds wait = options_.replaced_min;
  for (int i = 0; i < replaced_ && wait < options_.replaced_max; ++i) wait *= 2;
  next_attempt_ = now + std::min(wait, options_.replaced_max);
  ++replaced_;
}

void ReconnectPolicy::on_lost(SteadyTime now) {
  failures_ = end(now) >= kProven ? 0 : failures_ + 1;
  if (is_open()) {
    next_attempt_ = now + std::min(options_.breaker_wait, options_.backoff_max);
    return;
  }
  milliseconds ceiling = options_.backoff_min;
  for (int i = 0; i < failures_ && ceiling < options_.backoff_max; ++i) ceiling *= 2;
  ceiling = std::min(ceiling, options_.backoff_max);
  const auto spread = std::max(milliseconds(0), ceiling - options_.backoff_min);
  next_attempt_ =
      now + options_.backoff_min + std::chrono::duration_cast<milliseconds>(spread * random_());
}

}  // namespace keisei::hook
