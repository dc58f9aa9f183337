#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "simulation/fault.h"
#include "simulation/sabotage.h"
#include "simulation/story.h"
#include "studio/content/content.h"

namespace keisei::simulation {

struct SimulationOptions {
  /// The last of it is calm.
  static constexpr std::chrono::minutes kCalm{15};

  std::uint64_t seed = 1;
  std::chrono::minutes length{60};
  bool has_faults = true;  // by chance
  /// What befalls it besides, and when.
  std::vector<std::pair<std::chrono::seconds, Fault>> script{};
  Story::Teller story{};
  Sabotage sabotage{};
};

struct SimulationReport {
  std::uint64_t digest = 0;  // of all bytes
  std::size_t faults = 0;    // that befell it
  std::uint64_t frames = 0;
  std::size_t games = 0;
  std::size_t moves = 0;
  std::size_t kept = 0;   // entries
  std::size_t lost = 0;   // for which the store had no room or no disk, as it said
  std::size_t grown = 0;  // bytes that memory has grown by since the show was young
  /// What must not be and was; empty if all is well.
  std::vector<std::string> broken{};
};

/// Runs one show from its seed, deterministically: the same options give the same report
/// (docs/simulation.md). Its few real files lie in the working folder. One at a time in a process.
SimulationReport simulate(const SimulationOptions& options, const studio::Content& content);

}  // namespace keisei::simulation
