#pragma once

#include <filesystem>
#include <optional>

#include "control/server.h"
#include "edge/server.h"
#include "studio/programme.h"

namespace keisei {

struct ShowcaseOptions {
  edge::ServerOptions edge;
  control::ServerOptions control;
  studio::ProgrammeOptions studio;
  std::filesystem::path ui;
  std::filesystem::path content;
  std::filesystem::path state_dir;

  std::filesystem::path token_file() const { return state_dir / "operator.token"; }
};

/// Reads flags and the optional --config file. None means the process is to end with `exit_code`:
/// help has been printed, or one line that says what is wrong.
std::optional<ShowcaseOptions> parse_options(int argc, char** argv, int& exit_code);

}  // namespace keisei
