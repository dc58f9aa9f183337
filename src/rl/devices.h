#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keisei::rl {

/// What libtorch can compute on: "cpu", and "cuda:0" and so on where it sees such devices.
std::vector<std::string> devices();

/// Whether the trainer can compute there; an error says what there is. Today that is the CPU alone:
/// the policy over legal moves and the optimiser are written for its memory.
Result<void> check_device(std::string_view name);

}  // namespace keisei::rl
