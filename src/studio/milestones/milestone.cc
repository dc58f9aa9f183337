#include "studio/milestones/milestone.h"

#include <utility>

namespace keisei::studio {

std::string Milestone::key() const {
  std::string key(to_string(kind));
  if (!detail.empty()) key += "/" + detail;
  return key;
}

store::KeptMilestone kept(const Milestone& milestone, const std::string& run_id) {
  store::KeptMilestone kept{};
  kept.run_id = run_id;
  kept.key = milestone.key();
  kept.update = milestone.update;
  kept.value = milestone.value;
  kept.side = milestone.side;
  if (milestone.moment) {
    kept.game_id = milestone.moment->game_id;
    kept.game_number = milestone.moment->game_number;
    kept.ply = milestone.moment->ply;
  }
  kept.reached_at = milestone.reached_at;
  return kept;
}

std::optional<Milestone> milestone_of(const store::KeptMilestone& kept) {
  const std::string_view key = kept.key;
  const std::size_t slash = key.find('/');
  const auto kind = protocol::enumerator_of<protocol::MilestoneKind>(key.substr(0, slash));
  if (!kind) return std::nullopt;
  Milestone milestone{};
  milestone.kind = *kind;
  if (slash != std::string_view::npos) milestone.detail = key.substr(slash + 1);
  milestone.update = kept.update;
  milestone.value = kept.value;
  milestone.side = kept.side;
  if (kept.game_id && kept.game_number && kept.ply) {
    milestone.moment = Moment{*kept.game_id, *kept.game_number, *kept.ply};
  }
  milestone.reached_at = kept.reached_at;
  return milestone;
}

}  // namespace keisei::studio
