#include "rl/run/outputs.h"

#include <chrono>
#include <utility>

#include "rl/run/metrics_text.h"

namespace keisei::rl {
namespace {

std::string with_comfort(const std::string& why) { return why + " (training goes on)"; }

void tell(Topic& topic, const Result<void>& written) {
  written ? topic.works() : topic.fails(with_comfort(written.error().message));
}

// What comes after the path: the number of a checkpoint makes no new problem.
std::string reason_of(const Error& error) {
  const std::size_t colon = error.message.rfind(": ");
  return colon == std::string::npos ? error.message : error.message.substr(colon + 2);
}

}  // namespace

Outputs::Outputs(RunLogs logs, std::unique_ptr<RunStream> stream, std::string run_id,
                 Display& display, const Clock& clock, Notices& notices)
    : notices_(notices),
      logs_(std::move(logs)),
      stream_(std::move(stream)),
      run_id_(std::move(run_id)),
      display_(display),
      clock_(clock),
      metrics_log_(notices.topic("metrics_log", "writing the metrics")),
      games_log_(notices.topic("games_log", "writing the games")),
      evaluations_log_(notices.topic("evaluations_log", "writing the evaluations")),
      checkpoints_(notices.topic("checkpoints", "saving checkpoints")),
      evaluation_(notices.topic("evaluation", "evaluation")),
      begin_(clock.steady()) {}

Outputs::~Outputs() { notices_.settle(); }

GameReporter::Sinks Outputs::sinks() {
  GameReporter::Sinks sinks;
  if (stream_ != nullptr) {
    sinks.step = [this] { return stream_->begin_step(); };
    sinks.move = [this](const hook::MoveEvent& move) { stream_->add(move); };
    sinks.left_out = [this] { stream_->leave_out_move(); };
    sinks.attention = [this](const hook::AttentionEvent& attention) { stream_->add(attention); };
  }
  sinks.finished = [this](const hook::GameFinishedEvent& game) { add(game); };
  return sinks;
}

void Outputs::add(const hook::GameFinishedEvent& game) {
  if (stream_ != nullptr) stream_->add(game);
  tell(games_log_, logs_.add(game, run_id_, now()));
  progress_.last_game = game_summary(game);
}

void Outputs::add(const MetricsManager& metrics, std::optional<double> remaining_s) {
  progress_.metrics = metrics.format_ppo_metrics();
  progress_.elapsed_s = std::chrono::duration<double>(clock_.steady() - begin_).count();
  progress_.remaining_s = remaining_s;
  if (stream_ != nullptr) stream_->add(progress_.metrics);
  tell(metrics_log_, logs_.add(metrics, now()));
  display_.show(progress_, metrics_summary(metrics));
  notices_.check();
}

void Outputs::add(const Evaluation& evaluation) {
  for (const std::string& problem : evaluation.problems) evaluation_.happened(problem);
  if (!evaluation.complete) return;
  tell(evaluations_log_, logs_.add(evaluation, now()));
  if (stream_ != nullptr) stream_->add(evaluation);
  display_.say(evaluation_summary(evaluation));
}

void Outputs::add_checkpoint(const Result<std::string>& saved, const MetricsManager& metrics) {
  if (!saved) return checkpoints_.fails(with_comfort(reason_of(saved.error())));
  checkpoints_.works();
  if (stream_ != nullptr) stream_->add_checkpoint(*saved, metrics);
}

}  // namespace keisei::rl
