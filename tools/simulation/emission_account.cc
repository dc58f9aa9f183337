#include "simulation/emission_account.h"

#include <fmt/format.h>

#include <variant>

namespace keisei::simulation {
namespace {

bool is_kept_by_showcases(hook::Kind kind) {
  return kind == hook::kKindOf<hook::GameFinishedEvent> ||
         kind == hook::kKindOf<hook::EvaluationEvent> || kind == hook::kKindOf<hook::MetricsEvent>;
}

}  // namespace

void EmissionAccount::count_drops(const hook::HookStatus& status, const hook::Lanes& lanes) {
  dropped_ = 0;
  const auto add = [this](const hook::EventCounters& counters) {
    counters.each_drop([this](hook::Kind kind, hook::DropReason, std::uint64_t count) {
      if (is_kept_by_showcases(kind)) dropped_ += count;
    });
  };
  add(status.counters);
  lanes.each([&](const hook::Lane& lane) { add(lane.counters()); });
}

std::string EmissionAccount::wrong_in(const KeepingRecord& record, SteadyTime until) const {
  std::uint64_t missing = 0;
  for (const Emitted& one : emitted_) {
    if (one.when <= until && !record.has(run_id_, one.what)) ++missing;
  }
  if (missing <= dropped_) return {};
  return fmt::format("of run {}, {} of {} results and updates have not arrived, and {} are counted",
                     run_id_, missing, emitted_.size(), dropped_);
}

std::int64_t EmissionAccount::update_at(SteadyTime until) const {
  std::int64_t newest = 0;
  for (const Emitted& one : emitted_) {
    const auto* const metrics = std::get_if<protocol::TrainerMetrics>(&one.what);
    if (metrics != nullptr && one.when <= until) newest = metrics->update;
  }
  return newest;
}

std::string wrong_in(const hook::HookStatus& status, const hook::Lanes& lanes,
                     std::uint64_t waiting) {
  std::uint64_t emitted = 0;
  std::uint64_t dropped = status.counters.dropped();
  lanes.each([&](const hook::Lane& lane) {
    emitted += lane.counters().emitted();
    dropped += lane.counters().dropped();
  });
  const std::uint64_t confirmed = status.counters.acknowledged();
  if (emitted <= confirmed + dropped + waiting) return {};
  return fmt::format("{} events were emitted: {} confirmed, {} dropped, {} waiting", emitted,
                     confirmed, dropped, waiting);
}

}  // namespace keisei::simulation
