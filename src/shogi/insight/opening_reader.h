#pragma once

#include <vector>

#include "shogi/insight/definitions.h"
#include "shogi/insight/opening_rules.h"

namespace keisei::shogi {

/// The array "openings" of content/openings.json; throws DefinitionError for what openings.h does
/// not allow.
std::vector<Opening> read_openings(const Definition& list);

}  // namespace keisei::shogi
