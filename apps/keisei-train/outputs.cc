#include "outputs.h"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

using namespace keisei;

namespace {

hook::EvaluationEvent event_of(const rl::Evaluation& evaluation) {
  hook::EvaluationEvent event;
  event.update = evaluation.update;
  event.global_step = evaluation.global_step;
  const rl::MatchScore& random = evaluation.against_random;
  if (random.games() > 0) {
    const rl::Interval interval = rl::wilson_interval(random.score(), random.games());
    event.random_games = random.games();
    event.random_score = random.score();
    event.random_low = interval.low;
    event.random_high = interval.high;
  }
  event.elo = evaluation.rating.elo;
  event.elo_error = evaluation.rating.high - evaluation.rating.elo;
  for (std::size_t i = 0; i < evaluation.skills.size(); ++i) {
    event.skills.add({skill_name(rl::kSkills[i]), evaluation.skills[i].answered,
                      evaluation.skills[i].questions});
  }
  return event;
}

}  // namespace

Result<RunLogs> RunLogs::open(const std::string& directory) {
  auto metrics = rl::RunLog::open(directory + "/metrics.jsonl");
  auto csv = rl::RunLog::open(directory + "/metrics.csv", rl::MetricsManager().csv_header());
  auto games = rl::RunLog::open(directory + "/games.jsonl");
  auto evaluations = rl::RunLog::open(directory + "/evaluations.jsonl");
  for (const auto* log : {&metrics, &csv, &games, &evaluations}) {
    if (!*log) return tl::unexpected(log->error());
  }
  return RunLogs{std::move(*metrics), std::move(*csv), std::move(*games), std::move(*evaluations)};
}

Outputs::Outputs(RunLogs logs, std::string run_id, Display& display, const Clock& clock)
    : logs_(std::move(logs)),
      run_id_(std::move(run_id)),
      display_(display),
      clock_(clock),
      begin_(clock.steady()) {}

void Outputs::stream_to(hook::StreamingHook* hook, int measure_every) {
  hook_ = hook;
  measure_every_ = measure_every;
  hook_->set_measuring(false);  // the first game is complete: someone waits for it
}

rl::GameReporter::Sinks Outputs::sinks() {
  rl::GameReporter::Sinks sinks;
  if (hook_ != nullptr) {
    sinks.step = [this] { return hook_->begin_step(); };
    sinks.move = [this](const hook::MoveEvent& event) { hook_->emit(event); };
    sinks.attention = [this](const hook::AttentionEvent& event) { hook_->emit(event); };
  }
  sinks.finished = [this](const hook::GameFinishedEvent& event) {
    if (hook_ != nullptr) {
      hook_->emit(event);
      // All windows of a game are in it or none: viewers are shown whole games.
      hook_->set_measuring(measure_every_ > 0 && (event.game_number + 1) % measure_every_ == 0);
    }
    check(logs_.games.append(rl::game_line(event, run_id_, now())));
    progress_.last_game = rl::game_summary(event);
  };
  return sinks;
}

void Outputs::add(const rl::MetricsManager& metrics, std::optional<double> remaining_s) {
  progress_.metrics = metrics.format_ppo_metrics();
  progress_.elapsed_s = std::chrono::duration<double>(clock_.steady() - begin_).count();
  progress_.remaining_s = remaining_s;
  if (hook_ != nullptr) {
    hook_->end_steps();
    hook_->emit(progress_.metrics);
  }
  check(logs_.metrics.append(metrics.metrics_line(now())));
  check(logs_.metrics_csv.append(metrics.csv_line(now())));
  display_.show(progress_, metrics.summary());
}

void Outputs::add(const rl::Evaluation& evaluation) {
  for (const std::string& problem : evaluation.problems) check(fail(problem));
  if (!evaluation.complete) return;
  check(logs_.evaluations.append(rl::evaluation_line(evaluation, now())));
  if (hook_ != nullptr) hook_->emit(event_of(evaluation));
  display_.say(rl::evaluation_summary(evaluation));
}

void Outputs::add_checkpoint(const Result<void>& saved, const rl::MetricsManager& metrics,
                             const std::string& directory) {
  check(saved);
  if (!saved || hook_ == nullptr) return;
  const std::filesystem::path path = rl::checkpoint_path(directory, metrics.updates());
  const std::string name = path.filename().string();
  std::error_code unknown;
  const auto bytes = std::filesystem::file_size(path, unknown);
  hook::CheckpointEvent event;
  event.update = metrics.updates();
  event.global_step = metrics.global_timestep();
  event.bytes = unknown ? 0 : static_cast<std::int64_t>(bytes);
  event.name = name;
  hook_->emit(event);
}

void Outputs::check(const Result<void>& written) {
  if (written) return;
  // The number of a checkpoint makes no new problem.
  std::string problem = written.error().message;
  std::erase_if(problem, [](char c) { return c >= '0' && c <= '9'; });
  if (!problems_said_.insert(problem).second) return;
  display_.warn(written.error().message + " (training goes on)");
}
