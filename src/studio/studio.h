#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "broker/broker.h"
#include "protocol/codec.h"
#include "studio/content/content.h"
#include "studio/game/director.h"
#include "studio/game/game_view.h"
#include "studio/health/metrics_board.h"
#include "studio/leading_edge.h"
#include "studio/run/run_status.h"

namespace keisei::studio {

struct StudioOptions {
  std::chrono::milliseconds interval{100};        // of aggregation: 10 Hz
  std::chrono::milliseconds silence_limit{6000};  // then training counts as paused
  DirectorOptions director;
};

/// Where all meaning is made: telemetry comes in, frames ready for viewers go out.
///
/// A deterministic function of the inputs and the clock, for one thread. After handle(), and at
/// due(), call advance(): it publishes what has changed, in one batch.
class Studio {
 public:
  using Frames = std::vector<broker::FramePtr>;
  struct Outputs {
    std::function<void(Frames)> publish;
    std::function<void(broker::Session, const protocol::StreamControl&)> tell;
  };

  Studio(const Content& content, const Clock& clock, const StudioOptions& options, Outputs outputs);

  void handle(const broker::Input& input);
  void advance();
  SteadyTime due() const;

  /// Telemetry that could not be used, by why.
  const std::map<std::string, std::uint64_t>& refused() const { return refused_; }
  const Director& director() const { return director_; }
  /// Why the last telemetry message was refused; empty if none was. For the log.
  const std::string& last_refusal() const { return last_refusal_; }

 private:
  void on(const broker::TrainerOpened& opened);
  void on(const broker::TrainerClosed& closed);
  void on(const broker::ViewersCounted& counted);
  void on(const broker::Telemetry& telemetry);
  void on(const broker::OperatorSaid& said);
  void on(const broker::ViewerSaid&) {}
  void on(const broker::ChatSaid&) {}
  void on_event(const protocol::RunStarted& run);
  void on_event(const protocol::TrainerMetrics& metrics);
  void on_event(const protocol::MovePlayed& played);
  void on_event(const protocol::GameFinished& finished);
  void on_event(const protocol::Attention& attention);
  void on_event(const protocol::Heartbeat& heartbeat);
  void on_event(const protocol::EvaluationFinished& evaluation);
  void on_event(const protocol::CheckpointSaved& checkpoint);

  void publish_status(Frames& batch);
  void publish_metrics(Frames& batch);
  void publish_scene(Frames& batch);
  void publish_attention(Frames& batch);
  template <class Make>
  void add_frame(Frames& batch, Make make);

  const Clock& clock_;
  std::chrono::milliseconds interval_;
  Outputs outputs_;
  MetricsBoard metrics_;
  Director director_;
  GameView game_view_;
  RunStatus status_;
  LeadingEdge metrics_edge_;
  LeadingEdge status_edge_;
  LeadingEdge attention_edge_;
  SteadyTime next_status_;  // 1 Hz at the latest
  double metrics_emitted_at_ = 0;
  // Update and time of the latest metrics, to know one that comes twice.
  std::deque<std::pair<std::int64_t, double>> metrics_seen_;
  double heartbeat_emitted_at_ = 0;
  std::optional<bool> streaming_;  // the operator's word; none: nothing has been said yet
  std::uint64_t sequence_ = 0;
  std::map<std::string, std::uint64_t> refused_;
  std::string last_refusal_;
};

}  // namespace keisei::studio
