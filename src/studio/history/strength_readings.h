#pragma once

#include <vector>

#include "protocol/evaluation_messages.h"
#include "protocol/history_messages.h"

namespace keisei::studio {

/// What an evaluation found, each with its 95 % interval: of skills Wilson's, as of any share. What
/// it did not measure is not among them.
std::vector<protocol::StrengthReading> readings_of(const protocol::EvaluationFinished& evaluation);

}  // namespace keisei::studio
