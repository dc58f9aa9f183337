#include "rl/run/outputs.h"

#include <chrono>
#include <utility>

#include "rl/run/metrics_text.h"

namespace keisei::rl {

Outputs::Outputs(RunLogs logs, std::unique_ptr<RunStream> stream, std::string run_id,
                 Display& display, const Clock& clock)
    : logs_(std::move(logs)),
      stream_(std::move(stream)),
      run_id_(std::move(run_id)),
      display_(display),
      clock_(clock),
      worries_(display),
      begin_(clock.steady()) {}

GameReporter::Sinks Outputs::sinks() {
  GameReporter::Sinks sinks;
  if (stream_ != nullptr) {
    sinks.step = [this] { return stream_->begin_step(); };
    sinks.move = [this](const hook::MoveEvent& move) { stream_->add(move); };
    sinks.attention = [this](const hook::AttentionEvent& attention) { stream_->add(attention); };
  }
  sinks.finished = [this](const hook::GameFinishedEvent& game) { add(game); };
  return sinks;
}

void Outputs::add(const hook::GameFinishedEvent& game) {
  if (stream_ != nullptr) stream_->add(game);
  worries_.check(logs_.add(game, run_id_, now()));
  progress_.last_game = game_summary(game);
}

void Outputs::add(const MetricsManager& metrics, std::optional<double> remaining_s) {
  progress_.metrics = metrics.format_ppo_metrics();
  progress_.elapsed_s = std::chrono::duration<double>(clock_.steady() - begin_).count();
  progress_.remaining_s = remaining_s;
  if (stream_ != nullptr) stream_->add(progress_.metrics);
  worries_.check(logs_.add(metrics, now()));
  display_.show(progress_, metrics_summary(metrics));
}

void Outputs::add(const Evaluation& evaluation) {
  for (const std::string& problem : evaluation.problems) worries_.tell({problem});
  if (!evaluation.complete) return;
  worries_.check(logs_.add(evaluation, now()));
  if (stream_ != nullptr) stream_->add(evaluation);
  display_.say(evaluation_summary(evaluation));
}

void Outputs::add_checkpoint(const Result<std::string>& saved, const MetricsManager& metrics) {
  if (!saved) {
    worries_.tell(saved.error());
  } else if (stream_ != nullptr) {
    stream_->add_checkpoint(*saved, metrics);
  }
}

}  // namespace keisei::rl
