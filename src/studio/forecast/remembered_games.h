#pragma once

#include <vector>

#include "store/run_memory.h"
#include "studio/forecast/ended_forecasts.h"

namespace keisei::studio {

/// The finished games of a run of which moves are kept with what the network thought before them,
/// oldest first.
std::vector<EndedForecasts> remembered_games(const store::RunMemory& memory);

}  // namespace keisei::studio
