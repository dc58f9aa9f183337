#include "studio/run/run_status.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::TrainingState;

constexpr auto kLatencyWindow = 10s;
constexpr std::size_t kMostLatencies = 2000;
constexpr auto kEdgeForgotten = 15s;
constexpr std::array<std::string_view, 3> kStates = {"waiting", "running", "paused"};
constexpr std::string_view kStopped = "stopped";
// Why a hook leaves events out without having lost them.
constexpr std::array<std::string_view, 3> kOnPurpose = {"measuring", "fallback", "stopped"};
constexpr std::array<std::string_view, 3> kLevels = {"beginner", "intermediate", "advanced"};

}  // namespace

RunStatus::RunStatus(const Content& content, const Clock& clock,
                     std::chrono::milliseconds silence_limit)
    : content_(content),
      clock_(clock),
      silence_limit_(silence_limit),
      started_(clock.steady()),
      since_(unix_seconds(clock.wall())) {}

void RunStatus::enter(TrainingState state) {
  if (state == state_) return;
  state_ = state;
  since_ = unix_seconds(clock_.wall());
}

void RunStatus::on(const broker::TrainerOpened& opened) { session_ = opened.session; }

void RunStatus::on(const broker::TrainerClosed& closed) {
  if (!is_current(closed.session)) return;
  session_.reset();
  if (run_) enter(TrainingState::paused);
}

void RunStatus::on(const broker::ViewersCounted& counted) {
  viewers_[counted.edge] = {counted.viewers, clock_.steady()};
}

void RunStatus::on(const protocol::RunStarted& run) {
  if (!run_ || run_->run_id != run.run_id) {
    update_ = 0;
    games_ = 0;
    games_seen_ = 0;
    samples_per_s_.reset();
    heartbeat_.reset();
    evaluation_.reset();
    checkpoint_.reset();
  }
  run_ = run;
}

void RunStatus::on(const protocol::TrainerMetrics& metrics) {
  update_ = metrics.update;
  games_ = metrics.games;
  const auto found = metrics.metrics.find("time/samples_per_s");
  if (found != metrics.metrics.end()) samples_per_s_ = found->second;
}

void RunStatus::on(const protocol::Heartbeat& heartbeat) { heartbeat_ = heartbeat; }

void RunStatus::heard() {
  last_heard_ = clock_.steady();
  if (run_) enter(TrainingState::running);
}

bool RunStatus::advance() {
  if (clock_.steady() < due()) return false;
  enter(TrainingState::paused);
  return true;
}

SteadyTime RunStatus::due() const {
  return state_ == TrainingState::running ? last_heard_ + silence_limit_ : SteadyTime::max();
}

void RunStatus::record_latency(double emitted_at) {
  const double ms = (unix_seconds(clock_.wall()) - emitted_at) * 1000;
  // A negative one means that the trainer's clock is another machine's.
  if (ms < 0) return;
  latencies_.push_back({clock_.steady(), ms});
  while (latencies_.size() > kMostLatencies) latencies_.pop_front();
}

protocol::Number RunStatus::median_latency() const {
  std::vector<double> recent;
  for (const Sample& sample : latencies_) {
    if (clock_.steady() - sample.at <= kLatencyWindow) recent.push_back(sample.ms);
  }
  if (recent.empty()) return std::nullopt;
  const auto middle = recent.begin() + static_cast<std::ptrdiff_t>(recent.size() / 2);
  std::nth_element(recent.begin(), middle, recent.end());
  return *middle;
}

protocol::SystemStatus RunStatus::view(protocol::Level level, protocol::Language language) const {
  protocol::SystemStatus view{};
  view.training = state_;
  view.hook = hook_view();
  const bool stopped = state_ == TrainingState::running && view.hook.stopped;
  view.text = content_.text(
      language,
      join("system.training", stopped ? kStopped : kStates[static_cast<std::size_t>(state_)]));
  view.since = since_;
  if (run_) {
    protocol::RunView run{};
    run.name = run_->name;
    run.preset = run_->preset;
    run.device = run_->device;
    run.parameters = run_->parameters;
    run.tower_depth = run_->tower_depth;
    run.tower_width = run_->tower_width;
    run.reward = run_->reward;
    run.reward_text = content_.text(
        language,
        join("system.reward", to_string(run_->reward), kLevels[static_cast<std::size_t>(level)]),
        {{"coefficient", figure(run_->shaping_coefficient)}});
    run.started_at = run_->started_at;
    view.run = std::move(run);
  }
  view.update = update_;
  view.games = std::max(games_, games_seen_);
  view.samples_per_s = samples_per_s_;
  for (const auto& [edge, count] : viewers_) {
    if (clock_.steady() - count.second <= kEdgeForgotten) view.viewers += count.first;
  }
  view.latency_ms = median_latency();
  view.uptime_s = std::chrono::duration<double>(clock_.steady() - started_).count();
  return view;
}

protocol::HookView RunStatus::hook_view() const {
  protocol::HookView hook{};
  hook.connected = session_.has_value();
  if (!heartbeat_) return hook;
  hook.emitted = heartbeat_->emitted;
  for (const auto& [kind_and_reason, count] : heartbeat_->dropped) {
    const std::string_view reason =
        std::string_view(kind_and_reason).substr(kind_and_reason.find('/') + 1);
    const bool on_purpose =
        std::find(kOnPurpose.begin(), kOnPurpose.end(), reason) != kOnPurpose.end();
    (on_purpose ? hook.withheld : hook.dropped) += count;
  }
  hook.impact_pct = heartbeat_->impact_pct;
  hook.impact_low_pct = heartbeat_->impact_low_pct;
  hook.impact_high_pct = heartbeat_->impact_high_pct;
  hook.stage = heartbeat_->stage;
  hook.stopped = heartbeat_->stopped;
  return hook;
}

}  // namespace keisei::studio
