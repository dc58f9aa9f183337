#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/telemetry.h"
#include "store/entries.h"

namespace keisei::studio {

/// Where in the featured games something can be seen.
struct Moment {
  std::string game_id;
  std::int64_t game_number;
  int ply;  // the position after this many moves
};

/// Something that a run has reached. Its key is unique in the run, whatever game reached it.
struct Milestone {
  protocol::MilestoneKind kind;
  std::string detail;  // which one of its kind: "white", "mino", "1000"; empty if there is only one
  std::int64_t update;
  protocol::Number value;  // what was reached, if it is a number
  std::optional<protocol::Side> side;
  std::optional<Moment> moment;
  double reached_at;  // seconds since the epoch

  /// "checkmate", "castle/mino".
  std::string key() const;
};

store::KeptMilestone kept(const Milestone& milestone, const std::string& run_id);
/// None if its kind is not known here: a newer showcase has kept it.
std::optional<Milestone> milestone_of(const store::KeptMilestone& kept);

}  // namespace keisei::studio
