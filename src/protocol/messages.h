#pragma once

#include <variant>

#include "protocol/game_messages.h"
#include "protocol/history_messages.h"
#include "protocol/improvement_messages.h"
#include "protocol/metrics_messages.h"
#include "protocol/milestone_messages.h"
#include "protocol/replay_messages.h"
#include "protocol/session_messages.h"
#include "protocol/types.h"

/// What viewers send and receive. Every message is a plain struct, described once beside itself;
/// the codec (codec.h), `ui/src/protocol/messages.ts`, `docs/protocol.schema.json` and
/// `docs/protocol.md` are made from the descriptions.
///
/// On the wire: {"type": "ppo_metrics", "timestamp": 1763848000.25, "seq": 7, "data": {…}}.
/// Times are seconds since the epoch. A number that is not known is null, never 0.
namespace keisei::protocol {

inline constexpr int kProtocolVersion = 2;

template <class... Messages>
struct MessageList {
  using Variant = std::variant<Messages...>;
};

using ServerMessages =
    MessageList<ConnectionEstablished, ErrorMessage, PpoMetrics, SeAttention, MovePredictions,
                GameState, SystemStatus, NetworkStrength, MetricsHistory, Improvement,
                MilestoneReached, Milestones, Replay>;
using ClientMessages = MessageList<Hello, Control>;

}  // namespace keisei::protocol
