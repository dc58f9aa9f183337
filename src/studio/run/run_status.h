#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "broker/input.h"
#include "protocol/telemetry.h"
#include "studio/content/content.h"

namespace keisei::studio {

/// Whether training runs, which run it is, and how the show does.
///
/// "Paused" means: the trainer's connection closed, as it does at once when the trainer dies, or
/// nothing at all was heard from it for `silence_limit` although its publisher speaks every second.
/// The limit is generous because that thread has the lowest priority: on a busy machine seconds may
/// pass between two heartbeats of a healthy run.
class RunStatus {
 public:
  RunStatus(const Content& content, const Clock& clock, std::chrono::milliseconds silence_limit);

  void on(const broker::TrainerOpened& opened);
  void on(const broker::TrainerClosed& closed);
  void on(const broker::ViewersCounted& counted);
  void on(const protocol::RunStarted& run);
  void on(const protocol::TrainerMetrics& metrics);
  void on(const protocol::Heartbeat& heartbeat);
  void on(const protocol::EvaluationFinished& evaluation) { evaluation_ = evaluation; }
  void on(const protocol::CheckpointSaved& checkpoint) { checkpoint_ = checkpoint; }
  void on_game_finished() { ++games_seen_; }
  /// Call for every telemetry message of the current trainer.
  void heard();
  /// Whether inputs of this session count: only those of the newest trainer do.
  bool is_current(broker::Session session) const { return session_ == session; }
  /// The newest trainer's; none if it has gone.
  const std::optional<broker::Session>& session() const { return session_; }

  /// Notices silence. Returns whether the state changed.
  bool advance();
  /// When silence would become a pause.
  SteadyTime due() const;

  /// From the trainer's emit to the finished frame, in milliseconds.
  void record_latency(double emitted_at);

  /// Empty before the first run.
  std::string run_id() const { return run_ ? run_->run_id : std::string(); }
  protocol::TrainingState state() const { return state_; }
  /// The latest of this run.
  const std::optional<protocol::EvaluationFinished>& evaluation() const { return evaluation_; }
  const std::optional<protocol::CheckpointSaved>& checkpoint() const { return checkpoint_; }
  protocol::SystemStatus view(protocol::Level level, protocol::Language language) const;

 private:
  void enter(protocol::TrainingState state);
  protocol::Number median_latency() const;
  protocol::HookView hook_view() const;

  const Content& content_;
  const Clock& clock_;
  std::chrono::milliseconds silence_limit_;
  SteadyTime started_;
  protocol::TrainingState state_ = protocol::TrainingState::waiting;
  double since_;
  std::optional<broker::Session> session_;
  SteadyTime last_heard_{};
  std::optional<protocol::RunStarted> run_;
  std::int64_t update_ = 0;
  std::int64_t games_ = 0;
  std::int64_t games_seen_ = 0;  // finished games of the featured environment, a lower bound
  protocol::Number samples_per_s_;
  std::optional<protocol::Heartbeat> heartbeat_;
  std::optional<protocol::EvaluationFinished> evaluation_;
  std::optional<protocol::CheckpointSaved> checkpoint_;
  std::map<std::string, std::pair<int, SteadyTime>> viewers_;  // by edge; when it last said so
  struct Sample {
    SteadyTime at;
    double ms;
  };
  std::deque<Sample> latencies_;
};

}  // namespace keisei::studio
