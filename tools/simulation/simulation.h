#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "simulation/sabotage.h"
#include "simulation/story.h"
#include "studio/content/content.h"

namespace keisei::simulation {

struct SimulationOptions {
  /// The last of it is calm; without `has_faults` all of it.
  static constexpr std::chrono::minutes kCalm{15};

  std::uint64_t seed = 1;
  std::chrono::minutes length{60};
  bool has_faults = true;
  Story::Teller story{};
  Sabotage sabotage{};
};

struct SimulationReport {
  std::uint64_t digest = 0;  // of all bytes
  std::size_t faults = 0;    // that befell it
  std::uint64_t frames = 0;
  std::size_t games = 0;
  std::size_t moves = 0;
  std::size_t kept = 0;  // entries
  std::size_t lost = 0;  // for which the store had no room or no disk, as it said
  /// What must not be and was; empty if all is well.
  std::vector<std::string> broken{};
};

/// Runs one show from its seed, deterministically: the same options give the same report
/// (docs/simulation.md). Its few real files lie in the working folder. One at a time in a process.
SimulationReport simulate(const SimulationOptions& options, const studio::Content& content);

}  // namespace keisei::simulation
