#pragma once

#include <optional>
#include <vector>

#include "protocol/improvement_messages.h"
#include "studio/improvement/evaluation_log.h"

/// What evaluations found, now and then, as numbers: the words of the parts are still missing.
namespace keisei::studio {

/// None if there is none, or one that nobody can have.
std::optional<protocol::EloReading> elo_reading(protocol::Number elo, protocol::Number error);
std::optional<protocol::EloReading> elo_of(const protocol::EvaluationFinished& evaluation);

/// Of the newest evaluation, beside the one before.
std::vector<protocol::SkillComparison> compare_skills(const EvaluationLog& log);

/// Those of the newest evaluation, weakest first; games of the last hour of evaluations. A trainer
/// that tells only its score against a random mover has met that one.
std::vector<protocol::AnchorView> anchors_of(const EvaluationLog& log);

/// Earlier selves that the newest network has met, if it is known when they were frozen.
std::vector<protocol::PastSelf> selves_of(const EvaluationLog& log);

}  // namespace keisei::studio
