#include "studio/run/telemetry_desk.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <bit>

#include "protocol/codec.h"

namespace keisei::studio {
namespace {

constexpr std::size_t kRemembered = 256;

}  // namespace

template <class Identity>
bool TelemetryDesk::Memory<Identity>::knows(Identity identity) {
  if (std::find(seen_.begin(), seen_.end(), identity) != seen_.end()) return true;
  seen_.push_back(std::move(identity));
  if (seen_.size() > kRemembered) seen_.pop_front();
  return false;
}

TelemetryDesk::TelemetryDesk(Counters& counters)
    : unused_(counters.family<Unused>("keisei_studio_telemetry_unused_total",
                                      "Telemetry that came to nothing.")),
      dropped_(counters.family<protocol::DropReason>(
          "keisei_studio_hook_events_dropped_total",
          "Events that the trainer's hook dropped, or left out on purpose.")) {}

void TelemetryDesk::on(const Event& event) {
  match(
      event,
      [&](const broker::TrainerOpened& opened) {
        session_ = opened.session;
        news_.push_back(TrainerJoined{opened.session});
        spdlog::info("trainer connected");
      },
      [&](const broker::TrainerClosed& closed) {
        if (session_ != closed.session) return;
        session_.reset();
        news_.push_back(TrainerLeft{});
        spdlog::info("trainer disconnected");
      },
      [&](const broker::Telemetry& telemetry) { read(telemetry); });
}

void TelemetryDesk::read(const broker::Telemetry& telemetry) {
  if (session_ != telemetry.session) return unused_[Unused::old_session].add();
  const auto told = protocol::decode_telemetry(telemetry.json);
  if (!told) return complain(told.error().message);
  std::visit([this](const auto& one) { sort(one); }, *told);
  news_.push_back(TrainerHeard{});
}

void TelemetryDesk::complain(const std::string& why) {
  Counter& counter = unused_[Unused::undecodable];
  counter.add();
  // Ever more rarely.
  if (std::has_single_bit(counter.value())) spdlog::warn("telemetry refused: {}", why);
}

void TelemetryDesk::sort(const protocol::RunStarted& run) {
  if (run.run_id == run_id_) {
    news_.push_back(RunResumed{run});
    return;
  }
  run_id_ = run.run_id;
  updates_ = {};
  news_.push_back(RunBegan{run});
}

void TelemetryDesk::sort(const protocol::TrainerMetrics& metrics) {
  if (updates_.knows({metrics.update, metrics.emitted_at})) {
    return unused_[Unused::repeated_update].add();
  }
  news_.push_back(UpdateLearned{metrics});
}

void TelemetryDesk::sort(const protocol::GameFinished& game) {
  if (games_.knows({game.game_id, game.emitted_at})) return unused_[Unused::repeated_game].add();
  news_.push_back(GameEnded{game});
}

void TelemetryDesk::sort(const protocol::Heartbeat& heartbeat) {
  if (heartbeat.emitted < emitted_) lost_ = {};
  emitted_ = heartbeat.emitted;
  protocol::EnumMap<protocol::DropReason, std::int64_t> lost{};
  for (const auto& [key, count] : heartbeat.dropped) {
    if (const auto reason = protocol::drop_reason_of(key)) lost[*reason] += count;
  }
  for (const protocol::DropReason reason : protocol::enumerators<protocol::DropReason>()) {
    if (lost[reason] <= lost_[reason]) continue;
    dropped_[reason].add(static_cast<std::uint64_t>(lost[reason] - lost_[reason]));
  }
  lost_ = lost;
  news_.push_back(HeartbeatHeard{heartbeat});
}

void TelemetryDesk::advance(SteadyTime, Air& air) {
  for (Event& event : news_) air.announce(std::move(event));
  news_.clear();
}

SteadyTime TelemetryDesk::due() const {
  return news_.empty() ? SteadyTime::max() : SteadyTime::min();
}

}  // namespace keisei::studio
