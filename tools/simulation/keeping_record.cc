#include "simulation/keeping_record.h"

#include <fmt/format.h>

#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace keisei::simulation {
namespace {

constexpr std::string_view kLost = "what is acknowledged is kept";

std::string name_of(const protocol::GameFinished& game) {
  std::size_t hash = std::hash<std::string>()(game.start_sfen);
  for (const std::string& move : game.moves) hash = hash * 31 + std::hash<std::string>()(move);
  return fmt::format("game {} of {} moves ({:016x}), {}", game.game_id, game.moves.size(), hash,
                     to_string(game.reason));
}
std::string name_of(const protocol::EvaluationFinished& evaluation) {
  return fmt::format("evaluation after update {} at {:.6f}", evaluation.update,
                     evaluation.emitted_at);
}
std::string name_of(const protocol::TrainerMetrics& metrics) {
  return fmt::format("update {} at {:.6f}", metrics.update, metrics.emitted_at);
}

/// Empty for what is not followed.
std::string name_of(const store::Entry& entry) {
  return std::visit(
      []<class Kept>(const Kept& kept) -> std::string {
        if constexpr (std::is_same_v<Kept, store::KeptGame>) return name_of(kept.game);
        if constexpr (std::is_same_v<Kept, store::KeptEvaluation>) return name_of(kept.evaluation);
        if constexpr (std::is_same_v<Kept, store::KeptUpdate>) return name_of(kept.metrics);
        return {};
      },
      entry);
}

std::string run_of(const store::Entry& entry) {
  return std::visit(
      []<class Kept>(const Kept& kept) -> std::string {
        if constexpr (std::is_same_v<Kept, store::KeptRun>) {
          return kept.run.run_id;
        } else {
          return kept.run_id;
        }
      },
      entry);
}

}  // namespace

void KeepingRecord::answered(std::span<const store::Entry> entries, bool kept) {
  for (const store::Entry& entry : entries) {
    ++(kept ? kept_count_ : lost_count_);
    const std::string run = run_of(entry);
    if (kept) runs_.insert(run);
    if (const auto* milestone = std::get_if<store::KeptMilestone>(&entry); milestone && kept) {
      if (!milestones_.insert(run + " " + milestone->key).second) {
        judge_.find("no milestone comes twice",
                    fmt::format("{} of run {} is kept again", milestone->key, run));
      }
    }
    std::string name = name_of(entry);
    if (name.empty()) continue;
    answered_.insert(run + " " + name);
    if (kept) kept_[run].insert_or_assign(std::move(name), Kept{store::is_promised(entry)});
  }
}

void KeepingRecord::compare(const std::string& run_id, const store::RunMemory* memory) {
  std::set<std::string> found;
  if (memory != nullptr) {
    for (const store::KeptGame& kept : memory->finished) found.insert(name_of(kept.game));
    for (const store::KeptEvaluation& kept : memory->evaluations) {
      found.insert(name_of(kept.evaluation));
    }
    for (const store::KeptUpdate& kept : memory->updates) found.insert(name_of(kept.metrics));
  }
  compare(kept_[run_id], found, run_id);
}

void KeepingRecord::compare(Names& expected, const std::set<std::string>& found,
                            const std::string& run_id) {
  for (auto kept = expected.begin(); kept != expected.end();) {
    if (found.contains(kept->first)) {
      ++kept;
    } else if (!kept->second.is_promised && may_lack_unpromised_) {
      kept = expected.erase(kept);
    } else {
      judge_.find(kLost, fmt::format("{} of run {} is not in the store", kept->first, run_id));
      kept = expected.erase(kept);
    }
  }
}

void KeepingRecord::acknowledged(const std::string& run_id, const protocol::Telemetry& told) {
  const std::string name = std::visit(
      []<class Message>(const Message& message) -> std::string {
        if constexpr (requires { name_of(message); }) return name_of(message);
        return {};
      },
      told);
  if (name.empty() || answered_.contains(run_id + " " + name)) return;
  judge_.find(kLost, fmt::format("{} of run {} was acknowledged, and the store never heard of it",
                                 name, run_id));
}

}  // namespace keisei::simulation
