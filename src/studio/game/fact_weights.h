#pragma once

#include "shogi/insight/move_fact.h"

namespace keisei::studio {

/// Which of several facts is said: the weightiest. 0 to 100; docs/educators-guide.md says how they
/// are set.
int weight_of(const shogi::MoveFact& fact);

}  // namespace keisei::studio
