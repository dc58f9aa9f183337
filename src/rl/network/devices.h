#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keisei::rl {

/// What libtorch can compute on: "cpu", and "cuda:0" and so on where it sees such devices.
std::vector<std::string> devices();

/// The device that a name means: "cuda" is the one of LOCAL_RANK, as torchrun sets it, else the
/// first. An error says what there is.
Result<std::string> resolve_device(std::string_view name);

/// "1.13.1"
std::string libtorch_version();

}  // namespace keisei::rl
