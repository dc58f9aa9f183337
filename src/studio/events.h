#pragma once

#include <memory>
#include <variant>

#include "broker/input.h"
#include "protocol/telemetry.h"

/// What segments tell each other. A new kind is a struct here and its place in the list; segments
/// that do not know it do not notice.
namespace keisei::studio {

struct Scene;
struct SceneFacts;

/// A trainer was admitted; the one before it, if any, counts no more.
struct TrainerJoined {
  broker::Session session;
};
struct TrainerLeft {};
/// The trainer said something that could be read; follows what it said.
struct TrainerHeard {};

/// A run that is not the one before.
struct RunBegan {
  protocol::RunStarted run;
};
/// The same run over a new connection, perhaps from a checkpoint: it may count from there.
struct RunResumed {
  protocol::RunStarted run;
};
struct HeartbeatHeard {
  protocol::Heartbeat heartbeat;
};

/// One PPO update; each comes once.
struct UpdateLearned {
  protocol::TrainerMetrics metrics;
};
struct StrengthMeasured {
  protocol::EvaluationFinished evaluation;
};
struct CheckpointKept {
  protocol::CheckpointSaved checkpoint;
};

/// A move of the featured environment. May come twice, and not be legal.
struct MovePlayed {
  protocol::MovePlayed move;
};
struct ActivityCaptured {
  protocol::Attention attention;
};
/// A whole game of the featured environment; each comes once. It may overtake its last moves.
struct GameEnded {
  protocol::GameFinished game;
};

/// Another position is on screen.
struct SceneShown {
  std::shared_ptr<const Scene> scene;
  std::shared_ptr<const SceneFacts> facts;
};
/// What the trainer emitted then, in seconds since the epoch, is in a frame now.
struct TelemetryShown {
  double emitted_at;
};

/// First what came from outside, as it came, then what was made of it.
using Event =
    std::variant<broker::TrainerOpened, broker::Telemetry, broker::TrainerClosed,
                 broker::ViewerSaid, broker::OperatorSaid, broker::ChatSaid, broker::ViewersCounted,
                 TrainerJoined, TrainerLeft, TrainerHeard, RunBegan, RunResumed, HeartbeatHeard,
                 UpdateLearned, StrengthMeasured, CheckpointKept, MovePlayed, ActivityCaptured,
                 GameEnded, SceneShown, TelemetryShown>;

}  // namespace keisei::studio
