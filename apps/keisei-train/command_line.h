#pragma once

#include <optional>

#include "rl/run/run_request.h"

/// None if the program is done already (help, an error that was printed); `exit_code` says how.
std::optional<keisei::rl::RunRequest> read_command_line(int argc, char** argv, int& exit_code);
