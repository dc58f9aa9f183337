#pragma once

#include <array>
#include <boost/describe/enum.hpp>
#include <vector>

#include "protocol/evaluation_messages.h"
#include "studio/milestones/breakthrough_watch.h"
#include "studio/milestones/ladder.h"
#include "studio/milestones/milestone.h"

namespace keisei::studio {

/// The skills that have words here; evaluations may tell of others.
BOOST_DEFINE_ENUM_CLASS(KnownSkill, mate_in_one, mate_in_three, take_hanging, save_rook,
                        no_drop_into_check, complete_castle, no_absurd_move)

/// What evaluations reach: steps of the score against a random mover, of skills and of Elo, by the
/// lower ends of their 95 % intervals, and proven progress over a frozen version.
class StrengthRules {
 public:
  std::vector<Milestone> hear(const protocol::EvaluationFinished& evaluation);

 private:
  Ladder score_{score_steps};
  Ladder elo_{every_200};
  std::array<Ladder, kEnumerators<KnownSkill>> skills_ = ladders(skill_steps);
  BreakthroughWatch breakthroughs_;

  static std::array<Ladder, kEnumerators<KnownSkill>> ladders(Ladder::Steps steps);
};

}  // namespace keisei::studio
