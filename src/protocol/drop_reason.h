#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "protocol/enums.h"

namespace keisei::protocol {

KEISEI_ENUM(
    DropReason,
    "Why an event did not arrive. `ring_full`: the publisher did not keep up, "
    "`backlog_full`: no connection for too long, `not_finite`: a board map with NaN or "
    "infinity in it, `out_of_memory`: there was none to keep it in, `connection_lost`: sent to "
    "a showcase that did not confirm it, and no longer kept, so some of them may have arrived, "
    "`ended`: still unsent when the hook ended. Left out on purpose: `measuring`, a window "
    "without streaming, to measure what streaming costs, `fallback`, streaming had cost too "
    "much, `stopped`, by the operator.",
    ring_full, backlog_full, not_finite, out_of_memory, connection_lost, ended, measuring, fallback,
    stopped)

/// Whether an event was left out, not lost.
constexpr bool is_on_purpose(DropReason reason) {
  switch (reason) {
    case DropReason::measuring:
    case DropReason::fallback:
    case DropReason::stopped:
      return true;
    case DropReason::ring_full:
    case DropReason::backlog_full:
    case DropReason::not_finite:
    case DropReason::out_of_memory:
    case DropReason::connection_lost:
    case DropReason::ended:
      return false;
  }
  return false;
}

/// What Heartbeat::dropped calls it: "move/ring_full".
inline std::string drop_key(std::string_view kind, DropReason reason) {
  return std::string(kind) + '/' + std::string(to_string(reason));
}
/// The reason in a key; none for one that this version does not know.
constexpr std::optional<DropReason> drop_reason_of(std::string_view key) {
  return enumerator_of<DropReason>(key.substr(key.find('/') + 1));
}

}  // namespace keisei::protocol
