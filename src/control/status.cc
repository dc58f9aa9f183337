#include "control/status.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "protocol/encode.h"
#include "protocol/messages.h"

namespace keisei::control {

protocol::ShowStatus status_of(const Notices& notices, const Clock& clock, SteadyTime began) {
  protocol::ShowStatus status{
      .version = KEISEI_VERSION,
      .protocol = protocol::kProtocolVersion,
      .time = unix_seconds(clock.wall()),
      .uptime_s = std::chrono::duration<double>(clock.steady() - began).count(),
      .failing = false,
      .topics = {}};
  for (Notices::State& state : notices.read()) {
    status.failing = status.failing || state.failing;
    status.topics.push_back({.topic = std::move(state.topic),
                             .what = std::move(state.what),
                             .failing = state.failing,
                             .reason = std::move(state.reason),
                             .since = std::max(0.0, unix_seconds(state.since)),
                             .failures = static_cast<std::int64_t>(state.failures),
                             .happenings = static_cast<std::int64_t>(state.happenings)});
  }
  return status;
}

std::string json_of(const protocol::ShowStatus& status) {
  std::string json;
  protocol::write(json, status);
  return json + "\n";
}

}  // namespace keisei::control
