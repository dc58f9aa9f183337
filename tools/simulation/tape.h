#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "hook/events/emitter.h"
#include "protocol/telemetry.h"
#include "shogi/game.h"
#include "simulation/emission_account.h"
#include "simulation/played.h"
#include "simulation/random.h"
#include "simulation/sabotage.h"

namespace keisei::simulation {

/// What a training run does that the show gets to see: real games of shogi by chance, and updates
/// that say of themselves what they are (policy.h). Hands it to a hook.
class Tape {
 public:
  /// What a checkpoint holds.
  struct Progress {
    std::int64_t update = 0;
    std::int64_t games = 0;  // of the featured environment
  };

  /// The last three outlive it.
  Tape(protocol::RunStarted run, const Progress& from, Random random, Played& played,
       EmissionAccount& account, const Sabotage& sabotage);

  void play_a_move(hook::Emitter& emitter);
  /// An update, and now and then an evaluation and a checkpoint.
  void learn(hook::Emitter& emitter);

  const protocol::RunStarted& run() const { return run_; }
  /// Of the newest checkpoint.
  const Progress& saved() const { return saved_; }

 private:
  std::string game_id() const;
  void begin_game();
  void tell_move(hook::Emitter& emitter, shogi::Move move);
  void tell_attention(hook::Emitter& emitter);
  void tell_end(hook::Emitter& emitter);
  void evaluate(hook::Emitter& emitter);

  const protocol::RunStarted run_;
  Progress now_;
  Progress saved_;
  Random random_;
  Played& played_;
  EmissionAccount& account_;
  const Sabotage& sabotage_;
  std::optional<shogi::Game> game_;
  std::size_t line_ = 0;  // of that game
};

}  // namespace keisei::simulation
