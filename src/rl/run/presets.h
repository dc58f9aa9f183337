#pragma once

#include <span>
#include <string_view>

namespace keisei::rl {

/// A preset is a TOML file of src/rl/run/presets, compiled into the program.
struct Preset {
  std::string_view name;
  std::string_view toml;
};
std::span<const Preset> presets();

}  // namespace keisei::rl
