#include "archive/archived_milestones.h"

#include <string>
#include <string_view>

namespace keisei::archive {
namespace {

protocol::MilestoneSummary summary_of(const store::KeptMilestone& kept) {
  protocol::MilestoneSummary summary{};
  summary.run_id = kept.run_id;
  summary.key = kept.key;
  const std::string_view key = summary.key;
  summary.kind = protocol::enumerator_of<protocol::MilestoneKind>(key.substr(0, key.find('/')));
  summary.update = kept.update;
  summary.value = kept.value;
  summary.side = kept.side;
  summary.game_id = kept.game_id;
  summary.game_number = kept.game_number;
  summary.ply = kept.ply;
  summary.reached_at = kept.reached_at;
  return summary;
}

}  // namespace

protocol::MilestoneList answer_of(const MilestonePage& page) {
  protocol::MilestoneList list{};
  for (const store::KeptMilestone& kept : page.milestones) {
    list.milestones.push_back(summary_of(kept));
  }
  if (page.next) list.next = std::to_string(*page.next);
  return list;
}

}  // namespace keisei::archive
