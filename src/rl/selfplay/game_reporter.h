#pragma once

#include <functional>

#include "base/clock.h"
#include "hook/events/events.h"
#include "rl/selfplay/featured_observer.h"

namespace keisei::rl {

/// Turns the plies of environment 0 into events, all of them in the board frame: for White the
/// mover's frame is rotated back. Nothing is computed that training had not computed anyway.
class GameReporter : public FeaturedObserver {
 public:
  struct Sinks {
    /// Called before each ply: whether it is to be streamed. None: all are.
    std::function<bool()> step;
    std::function<void(const hook::MoveEvent&)> move;
    /// A ply that is not streamed was played.
    std::function<void()> left_out;
    std::function<void(const hook::AttentionEvent&)> attention;
    std::function<void(const hook::GameFinishedEvent&)> finished;
  };
  /// At most `attention_per_second` plies get an attention event. `clock` outlives this object.
  GameReporter(Sinks sinks, double attention_per_second, int last_block, const Clock& clock);

  /// The number of PPO updates behind the network that plays.
  void set_update(std::int64_t update) { update_ = update; }

  bool wants_activation() override;
  void on_move(const FeaturedMove& move) override;
  void on_game_finished(const shogi::Game& game, std::int64_t game_number) override;

 private:
  Sinks sinks_;
  std::chrono::duration<double> attention_interval_;
  std::int32_t last_block_;
  const Clock& clock_;
  SteadyTime next_attention_{};
  std::int64_t update_ = 0;
  bool streamed_ = true;  // this ply
  // Kept here because they are large.
  hook::MoveEvent move_;
  hook::AttentionEvent attention_;
  hook::GameFinishedEvent finished_;
};

}  // namespace keisei::rl
