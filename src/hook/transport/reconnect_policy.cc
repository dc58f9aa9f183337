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

void ReconnectPolicy::on_lost(SteadyTime now) {
  const bool had_held = connected_ && now - connected_at_ >= kProven;
  connected_ = false;
  failures_ = had_held ? 0 : failures_ + 1;
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
