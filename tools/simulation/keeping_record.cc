#include "simulation/keeping_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <type_traits>
#include <utility>
#include <variant>

namespace keisei::simulation {
namespace {

constexpr std::string_view kLost = "what is acknowledged is kept";
constexpr std::string_view kTwice = "no milestone comes twice";
// Messages carry microseconds.
constexpr double kSameTime = 1e-5;

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
std::string name_of(const store::KeptMilestone& milestone) { return "milestone " + milestone.key; }

/// Empty for what is not followed.
std::string name_in(const store::Entry& entry) {
  return std::visit(
      []<class Kept>(const Kept& kept) -> std::string {
        if constexpr (std::is_same_v<Kept, store::KeptGame>) return name_of(kept.game);
        if constexpr (std::is_same_v<Kept, store::KeptEvaluation>) return name_of(kept.evaluation);
        if constexpr (std::is_same_v<Kept, store::KeptUpdate>) return name_of(kept.metrics);
        if constexpr (std::is_same_v<Kept, store::KeptMilestone>) return name_of(kept);
        return {};
      },
      entry);
}

std::string name_in(const protocol::Telemetry& told) {
  if (const auto* game = std::get_if<protocol::GameFinished>(&told)) return name_of(*game);
  if (const auto* metrics = std::get_if<protocol::TrainerMetrics>(&told)) return name_of(*metrics);
  const auto* const evaluation = std::get_if<protocol::EvaluationFinished>(&told);
  return evaluation != nullptr ? name_of(*evaluation) : std::string();
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

void KeepingRecord::begun(std::span<const store::Entry> entries) {
  for (const store::Entry& entry : entries) runs_.insert(run_of(entry));
}

void KeepingRecord::written(std::span<const store::Entry> entries, bool kept) {
  for (const store::Entry& entry : entries) {
    ++(kept ? kept_count_ : lost_count_);
    const std::string run = run_of(entry);
    if (kept) runs_.insert(run);
    if (const auto* game = std::get_if<store::KeptGame>(&entry)) {
      games_[run].insert(game->game.game_number);
    }
    std::string name = name_in(entry);
    if (name.empty()) continue;
    dealt_with_.insert(run + " " + name);
    if (kept) kept_[run].insert_or_assign(std::move(name), Kept{store::is_promised(entry)});
  }
  if (!kept) return;
  for (const store::Entry& entry : entries) {
    if (const auto* milestone = std::get_if<store::KeptMilestone>(&entry)) reached(*milestone);
  }
}

void KeepingRecord::reached(const store::KeptMilestone& milestone) {
  const bool is_known = std::any_of(milestones_.begin(), milestones_.end(), [&](const auto& one) {
    return one.run_id == milestone.run_id && one.key == milestone.key;
  });
  if (is_known) {
    judge_.find(kTwice, fmt::format("{} of run {} is kept again", milestone.key, milestone.run_id));
  }
  check_games_before(milestone);
  milestones_.push_back({milestone.run_id, milestone.key, milestone.update, milestone.reached_at});
}

// What is seen in a game is the first or the most of all games, or it is not known what it is.
void KeepingRecord::check_games_before(const store::KeptMilestone& milestone) {
  if (!milestone.game_number) return;
  const std::set<std::int64_t>& heard = games_[milestone.run_id];
  for (std::int64_t number = 1; number < *milestone.game_number; ++number) {
    if (heard.contains(number)) continue;
    return judge_.find("nothing is claimed of a run of which a game was missed",
                       fmt::format("{} in game {}, and game {} of run {} never came", milestone.key,
                                   *milestone.game_number, number, milestone.run_id));
  }
}

void KeepingRecord::shown(const protocol::MilestoneView& milestone) {
  bool was_shown = false;
  for (Reached& one : milestones_) {
    if (one.key != milestone.key || one.update != milestone.update) continue;
    if (std::abs(one.at - milestone.reached_at) > kSameTime) continue;
    if (!std::exchange(one.is_shown, true)) return;
    was_shown = true;
  }
  if (was_shown) return judge_.find(kTwice, milestone.key + " is told again");
  judge_.find(kLost, milestone.key + " is told as kept, and the store has not written it");
}

void KeepingRecord::power_was_lost() {
  for (auto& [run, names] : kept_) {
    for (auto& [name, kept] : names) kept.may_be_gone = !kept.is_promised;
  }
}

void KeepingRecord::compare(const std::string& run_id, const store::RunMemory* memory) {
  std::set<std::string> found;
  if (memory != nullptr) {
    for (const store::KeptGame& kept : memory->finished) {
      found.insert(name_of(kept.game));
      games_[run_id].insert(kept.game.game_number);
    }
    for (const store::KeptEvaluation& kept : memory->evaluations) {
      found.insert(name_of(kept.evaluation));
    }
    for (const store::KeptUpdate& kept : memory->updates) found.insert(name_of(kept.metrics));
    for (const store::KeptMilestone& kept : memory->milestones) found.insert(name_of(kept));
  }
  for (const std::string& name : found) dealt_with_.insert(run_id + " " + name);
  compare(kept_[run_id], found, run_id);
}

void KeepingRecord::compare(Names& expected, const std::set<std::string>& found,
                            const std::string& run_id) {
  for (auto one = expected.begin(); one != expected.end();) {
    auto& [name, kept] = *one;
    if (found.contains(name)) {
      kept.may_be_gone = false;
      ++one;
      continue;
    }
    if (!kept.may_be_gone) {
      judge_.find(kLost, fmt::format("{} of run {} is not in the store", name, run_id));
    }
    one = expected.erase(one);
  }
}

bool KeepingRecord::has(const std::string& run_id, const protocol::Telemetry& told) const {
  return dealt_with_.contains(run_id + " " + name_in(told));
}

void KeepingRecord::acknowledged(const std::string& run_id, const protocol::Telemetry& told) {
  const std::string name = name_in(told);
  if (name.empty() || dealt_with_.contains(run_id + " " + name)) return;
  judge_.find(kLost, fmt::format("{} of run {} was acknowledged, and the store never heard of it",
                                 name, run_id));
}

}  // namespace keisei::simulation
