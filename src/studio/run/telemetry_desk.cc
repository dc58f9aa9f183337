#include "studio/run/telemetry_desk.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

#include "protocol/codec.h"

namespace keisei::studio {
namespace {

std::uint64_t mixed(std::uint64_t hash, std::uint64_t next) {
  return (hash ^ next) * 0x9E3779B97F4A7C15U + (hash >> 29);
}

template <class Message>
std::uint64_t identity_by_time(const Message& message) {
  return mixed(static_cast<std::uint64_t>(message.update),
               std::bit_cast<std::uint64_t>(message.emitted_at));
}
std::uint64_t identity_of(const protocol::TrainerMetrics& metrics) {
  return identity_by_time(metrics);
}
std::uint64_t identity_of(const protocol::EvaluationFinished& evaluation) {
  return identity_by_time(evaluation);
}

// Not the time: whoever finishes a game twice says two.
std::uint64_t identity_of(const protocol::GameFinished& game) {
  constexpr std::hash<std::string> kHash;
  std::uint64_t hash = mixed(kHash(game.game_id), kHash(game.start_sfen));
  for (const std::string& move : game.moves) hash = mixed(hash, kHash(move));
  hash = mixed(hash, game.winner ? 1 + static_cast<std::uint64_t>(*game.winner) : 0);
  return mixed(hash, static_cast<std::uint64_t>(game.reason));
}

// Empty if the run's network may have shown it, as far as it was told what that is.
std::string why_foreign(const protocol::Attention& attention, const protocol::RunStarted& run) {
  if (run.tower_depth > 0 && attention.block > run.tower_depth) {
    return fmt::format("block {} of a network that has {}", attention.block, run.tower_depth);
  }
  const std::size_t gates = attention.gates.size();
  if (run.tower_width > 0 && gates > 0 && gates != static_cast<std::size_t>(run.tower_width)) {
    return fmt::format("{} gates of a network that has {} channels", gates, run.tower_width);
  }
  return {};
}

}  // namespace

TelemetryDesk::TelemetryDesk(store::Library& library, Counters& counters, Notices& notices)
    : library_(library),
      heard_(counters.counter("keisei_studio_telemetry_heard_total",
                              "Telemetry messages that came to the studio.")),
      unused_(counters.family<Unused>("keisei_studio_telemetry_unused_total",
                                      "Telemetry that came to nothing.")),
      resumed_(counters.counter("keisei_studio_segments_begun_total",
                                "Times that a run's updates went back, as after a resume from an "
                                "older checkpoint.")),
      dropped_(counters.family<protocol::DropReason>(
          "keisei_studio_hook_events_dropped_total",
          "Events that the trainer's hook dropped, or left out on purpose.")),
      losses_(notices.topic("hook_losses", "the trainer's hook has lost events")) {}

void TelemetryDesk::on(const Event& event) {
  match(
      event,
      [&](const broker::TrainerOpened& opened) {
        session_ = opened.session;
        introduced_ = false;
        news_.push_back(TrainerJoined{opened.session});
      },
      [&](const broker::TrainerClosed& closed) {
        if (session_ != closed.session) return;
        session_.reset();
        news_.push_back(TrainerLeft{});
      },
      [&](const broker::Telemetry& telemetry) { read(telemetry); });
}

void TelemetryDesk::read(const broker::Telemetry& telemetry) {
  heard_.add();
  if (session_ != telemetry.session) return unused_[Unused::old_session].add();
  const auto told = protocol::decode_telemetry(telemetry.json);
  if (!told) {
    return waste(Unused::undecodable, protocol::Unusable::message, told.error().message);
  }
  introduced_ = introduced_ || std::holds_alternative<protocol::RunStarted>(*told);
  if (!introduced_) {
    return waste(Unused::before_run, protocol::Unusable::message,
                 "a connection's first message is its run_started");
  }
  std::visit([this](const auto& one) { sort(one); }, *told);
  news_.push_back(TrainerHeard{});
}

void TelemetryDesk::waste(Unused reason, protocol::Unusable what, std::string why) {
  unused_[reason].add();
  news_.push_back(TelemetryWasted{what, std::move(why)});
}

void TelemetryDesk::sort(const protocol::RunStarted& run) {
  if (run.run_id == run_.run_id) {
    run_ = run;
    news_.push_back(RunResumed{run});
    return;
  }
  begin(run, library_.recall(run.run_id));
}

void TelemetryDesk::begin(protocol::RunStarted run, const store::RecalledRun& recalled) {
  run_ = run;
  is_forgotten_ = !recalled;
  auto memory = recalled.value_or(nullptr);
  newest_update_ = 0;
  updates_.clear();
  evaluations_.clear();
  begin_segment(1);
  if (memory) remember(*memory);
  news_.push_back(RunBegan{std::move(run), std::move(memory), is_forgotten_});
}

void TelemetryDesk::remember(const store::RunMemory& memory) {
  begin_segment(memory.segment);
  for (const store::KeptUpdate& update : memory.updates) {
    updates_.knows(identity_of(update.metrics));
  }
  if (!memory.updates.empty()) newest_update_ = memory.updates.back().metrics.update;
  for (const store::KeptGame& game : memory.finished) games_.knows(identity_of(game.game));
  for (const store::KeptEvaluation& kept : memory.evaluations) {
    evaluations_.knows(identity_of(kept.evaluation));
    if (kept.segment != segment_) continue;
    newest_evaluation_ = std::max(newest_evaluation_, kept.evaluation.update);
  }
}

void TelemetryDesk::begin_segment(int number) {
  segment_ = number;
  newest_evaluation_ = kNone;
}

void TelemetryDesk::sort(const protocol::TrainerMetrics& metrics) {
  if (updates_.knows(identity_of(metrics))) return unused_[Unused::repeated_update].add();
  if (metrics.update <= newest_update_) {
    resumed_.add();
    begin_segment(segment_ + 1);
  }
  newest_update_ = metrics.update;
  news_.push_back(UpdateLearned{within_range(metrics), segment_});
}

protocol::TrainerMetrics TelemetryDesk::within_range(protocol::TrainerMetrics metrics) {
  for (const protocol::MetricRow& row : protocol::kMetricTable) {
    const auto found = metrics.metrics.find(std::string(row.trainer_key));
    if (found == metrics.metrics.end() || !found->second) continue;
    const double value = *found->second;
    if (value >= row.rule.min && value <= row.rule.max) continue;
    waste(Unused::metric_out_of_range, protocol::Unusable::metric,
          fmt::format("update {}: {} is {}, out of its range", metrics.update, row.trainer_key,
                      value));
    found->second.reset();
  }
  return metrics;
}

void TelemetryDesk::sort(const protocol::GameFinished& game) {
  if (games_.knows(identity_of(game))) {
    unused_[Unused::repeated_game].add();
    news_.push_back(GameRepeated{game});
    return;
  }
  news_.push_back(GameEnded{game});
}

void TelemetryDesk::sort(const protocol::EvaluationFinished& evaluation) {
  if (evaluations_.knows(identity_of(evaluation))) {
    return unused_[Unused::repeated_evaluation].add();
  }
  // A run that resumes may measure the same network again, or an older one before its updates go
  // back: it is not drawn among the others, but it was measured.
  if (evaluation.update == newest_evaluation_) unused_[Unused::repeated_evaluation].add();
  if (evaluation.update < newest_evaluation_) {
    waste(Unused::late_evaluation, protocol::Unusable::metric,
          fmt::format("the evaluation after update {} came after that of update {}",
                      evaluation.update, newest_evaluation_));
  }
  newest_evaluation_ = std::max(newest_evaluation_, evaluation.update);
  news_.push_back(Told<protocol::EvaluationFinished>{within_range(evaluation)});
}

protocol::EvaluationFinished TelemetryDesk::within_range(protocol::EvaluationFinished evaluation) {
  std::erase_if(evaluation.skills, [&](const protocol::SkillOutcome& skill) {
    if (skill.successes <= skill.trials) return false;
    waste(Unused::metric_out_of_range, protocol::Unusable::metric,
          fmt::format("the evaluation after update {}: {} succeeded {} times in {}",
                      evaluation.update, skill.name, skill.successes, skill.trials));
    return true;
  });
  return evaluation;
}

void TelemetryDesk::sort(const protocol::Attention& attention) {
  if (const std::string why = why_foreign(attention, run_); !why.empty()) {
    return waste(Unused::foreign_network, protocol::Unusable::message,
                 fmt::format("attention of game {}, move {}: {}", attention.game_id,
                             attention.ply + 1, why));
  }
  news_.push_back(ActivityCaptured{attention});
}

// A hook of an earlier version does not say when it began: it has begun anew when it has emitted
// less.
bool TelemetryDesk::is_of_another_hook(const protocol::Heartbeat& heartbeat) const {
  return heartbeat.hook_started_at != hook_started_at_ || heartbeat.emitted < emitted_;
}

void TelemetryDesk::sort(const protocol::Heartbeat& heartbeat) {
  if (is_of_another_hook(heartbeat)) lost_ = {};
  emitted_ = heartbeat.emitted;
  hook_started_at_ = heartbeat.hook_started_at;
  protocol::EnumMap<protocol::DropReason, std::int64_t> lost{};
  for (const auto& [key, count] : heartbeat.dropped) {
    if (const auto reason = protocol::drop_reason_of(key)) lost[*reason] += count;
  }
  for (const protocol::DropReason reason : protocol::enumerators<protocol::DropReason>()) {
    if (lost[reason] <= lost_[reason]) continue;
    const auto more = static_cast<std::uint64_t>(lost[reason] - lost_[reason]);
    dropped_[reason].add(more);
    if (!protocol::is_on_purpose(reason)) losses_.happened(to_string(reason), more);
  }
  lost_ = lost;
  news_.push_back(HeartbeatHeard{heartbeat});
}

void TelemetryDesk::ask() {
  ask_at_.reset();
  const bool has_run = !run_.run_id.empty();
  const auto recalled = has_run ? library_.recall(run_.run_id) : library_.recall_newest();
  if (!recalled) return;
  is_forgotten_ = false;
  if (has_run) return begin(run_, recalled);
  if (*recalled) begin((*recalled)->run, recalled);
}

void TelemetryDesk::advance(SteadyTime now, Air& air) {
  // What has just been heard is not kept yet: it would be missing in the answer.
  if (!news_.empty()) heard_at_ = now;
  if (is_forgotten_ && ask_at_ && now >= *ask_at_ && heard_at_ != now) ask();
  if (is_forgotten_ && !ask_at_) ask_at_ = now + kAskAgain;
  for (Event& event : news_) air.announce(std::move(event));
  news_.clear();
}

SteadyTime TelemetryDesk::due() const {
  if (!news_.empty()) return SteadyTime::min();
  return is_forgotten_ ? ask_at_.value_or(SteadyTime::min()) : SteadyTime::max();
}

}  // namespace keisei::studio
