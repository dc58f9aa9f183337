#pragma once

#include <string>
#include <vector>

#include "search/tree_search.h"

namespace keisei::usi {

/// One line "info depth … pv …" for each line of the report; numbered if there are several.
std::vector<std::string> info_lines(const search::SearchReport& report);

/// Centipawns as engines of the field mean them: 600 ln(p / (1 - p)) for a chance p to win.
int centipawns(double value);

}  // namespace keisei::usi
