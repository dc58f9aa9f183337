#pragma once

#include <stop_token>

#include "rl/run/run_request.h"

namespace keisei::rl {

/// Trains until told to stop. The exit code: 0 stopped as asked, 1 training failed or its last
/// state could not be saved, 2 it could not start. Prints one line per update and per reason to
/// worry.
int run_training(const RunRequest& request, const std::stop_token& stop);

}  // namespace keisei::rl
