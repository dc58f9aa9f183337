#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <vector>

#include "base/clock.h"
#include "rl/network/player.h"
#include "rl/options.h"
#include "rl/ppo/rollout_buffer.h"
#include "rl/selfplay/episode_statistics.h"
#include "rl/selfplay/featured_observer.h"
#include "rl/selfplay/foresight.h"
#include "rl/selfplay/match_score.h"
#include "rl/selfplay/past_selves.h"
#include "rl/selfplay/step_manager.h"
#include "rl/worker_pool.h"

namespace keisei::rl {

/// Where the threads' time went, in seconds; the workers' times are added up.
struct SelfPlayTime {
  double rules = 0;    // rules, encoding, drawing moves
  double network = 0;  // its answers

  SelfPlayTime& operator+=(const SelfPlayTime& other);
};

/// Self-play in many environments at once. Each worker plays its own environments from the first
/// ply of a rollout to the last, without waiting for the others.
class SelfPlay {
 public:
  /// `past` may be null; `first_environment` is the number of our first one among those of all
  /// processes that learn together. The clock only measures.
  SelfPlay(const Options& options, WorkerPool& pool, const Clock& clock,
           const PastSelves* past = nullptr, int first_environment = 0);

  /// Plays `ppo.steps` plies in every environment and fills the rollout, advantages included.
  /// The observer may be null. Asked to stop, it returns within a ply; the rollout is then no use,
  /// but the environments are still good.
  void collect(const Player& player, RolloutBuffer& rollout, FeaturedObserver* observer,
               const std::stop_token& stop = {});

  /// The statistics of the games that ended since the last call.
  EpisodeStatistics take_statistics();
  /// The same for the games against earlier networks, seen by the present one.
  MatchScore take_against_past();
  /// What became of the forecasts in them.
  ForecastSums take_forecasts();
  SelfPlayTime take_time();

  /// How good forecasts are, which is not learnt here: whoever takes them says what became of all
  /// of them, those of other processes too.
  const Foresight& foresight() const { return foresight_; }
  void set_foresight(const Foresight& foresight) { foresight_ = foresight; }

  std::span<const Environment> environments() const { return environments_; }
  /// Puts an environment where a checkpoint left it: the moves of its game so far, and the
  /// forecasts that were made on the way.
  Result<void> restore(int environment, std::span<const std::uint16_t> moves,
                       std::span<const float> forecasts, std::uint64_t random_state,
                       std::int64_t game_number);

 private:
  struct Worker {
    PositionBatch batch;
    PolicyOutput output;
    // Of the positions in which one earlier network is to move.
    PositionBatch past_batch;
    PolicyOutput past_output;
    std::vector<int> past_rows;
    MatchScore against_past;
    EpisodeStatistics statistics;
    ForecastSums forecasts;
    SelfPlayTime time;
  };
  double since(SteadyTime& lap) const;
  const Player* past_mover(int environment) const;
  void let_past_move(Worker& worker, Share share, SteadyTime& lap) const;
  void begin_midway(Environment& environment) const;
  void collect_share(const Player& player, RolloutBuffer& rollout, Worker& worker, Share share,
                     FeaturedObserver* observer, const std::stop_token& stop);
  void play_move(RolloutBuffer& rollout, Worker& worker, int environment, int row, int step,
                 FeaturedObserver* observer, bool has_activation);

  Options options_;
  WorkerPool& pool_;
  const Clock& clock_;
  const PastSelves* past_;
  StepManager steps_;
  Foresight foresight_;
  std::vector<Environment> environments_;
  std::vector<Worker> workers_;
};

}  // namespace keisei::rl
