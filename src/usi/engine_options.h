#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keisei::usi {

/// What a GUI can set. docs/usi.md explains each.
struct EngineOptions {
  std::string checkpoint;  // a file or a run's directory; empty: none yet
  int nodes = 800;         // 0: no limit
  int threads = 1;
  int multi_pv = 1;
  int temperature_percent = 0;
  int temperature_plies = 30;
  int resign_percent = 0;  // resigns below that chance to win; 0: never
  int max_plies = 0;       // the game is drawn then; 0: never
  int margin_ms = 100;
  int hash_mb = 256;
  bool ponder = false;
};

/// The lines "option name … type …" with which the engine answers `usi`.
std::vector<std::string> option_lines(const EngineOptions& defaults);

/// Sets one option by the name in its line. An error leaves the options as they were.
Result<void> set_option(EngineOptions& options, std::string_view name, std::string_view value);

}  // namespace keisei::usi
