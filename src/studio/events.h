#pragma once

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "broker/input.h"
#include "protocol/ingest_replies.h"
#include "protocol/telemetry.h"
#include "store/run_memory.h"

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

/// What the trainer told, as it came. Most telemetry is heard so, with no line of its own here;
/// what must come once or depends on what came before has an event below instead.
template <class Message>
struct Told {
  Message message;
};
using HeartbeatHeard = Told<protocol::Heartbeat>;
/// Of the featured environment. May come twice, and not be legal.
using MovePlayed = Told<protocol::MovePlayed>;
using ActivityCaptured = Told<protocol::Attention>;

/// A run that is not the one before. It may be an old one: then `memory` is what was kept of it.
struct RunBegan {
  protocol::RunStarted run;
  std::shared_ptr<const store::RunMemory> memory{};  // null if nothing
  /// What was kept of it, if anything, cannot be read now. When it can, the run begins anew.
  bool is_forgotten = false;
};
/// The same run over a new connection, perhaps from a checkpoint: it may count from there.
struct RunResumed {
  protocol::RunStarted run;
};

/// One PPO update; each comes once. The segments of a run count from 1: one that is resumed from an
/// older checkpoint counts its updates from there, in the next segment.
struct UpdateLearned {
  protocol::TrainerMetrics metrics;
  int segment = 1;
};

/// A whole game of the featured environment; each comes once. It may overtake its last moves.
struct GameEnded {
  protocol::GameFinished game;
};
/// The same game to its last move: told again after a lost connection, or played again by a run
/// that was resumed.
using GameRepeated = Told<protocol::GameFinished>;

/// Something that the trainer told comes to nothing.
struct TelemetryWasted {
  protocol::Unusable what;
  std::string why;
};

/// What is promised to be kept now is (or, in a show without a store, never will be).
struct EntriesKept {
  std::shared_ptr<const std::vector<store::Entry>> entries;
  bool kept;
};

/// Something happens in a game that the run had not shown before.
struct FirstSeen {
  std::string game_id;
};

/// The operator's word cannot be followed now.
struct WordRefused {
  std::string why;
};

/// Another position is on screen.
struct SceneShown {
  std::shared_ptr<const Scene> scene;
  std::shared_ptr<const SceneFacts> facts;
};

/// What came from outside, as it came; what the trainer told; what was made of it.
using Event = boost::mp11::mp_append<
    broker::Input, boost::mp11::mp_transform<Told, protocol::TelemetryMessages::Variant>,
    std::variant<TrainerJoined, TrainerLeft, TrainerHeard, RunBegan, RunResumed, UpdateLearned,
                 GameEnded, TelemetryWasted, EntriesKept, FirstSeen, WordRefused, SceneShown>>;

}  // namespace keisei::studio
