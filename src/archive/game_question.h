#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "archive/exports.h"
#include "base/result.h"
#include "http/message.h"

namespace keisei::archive {

/// Which game is asked for, and how it is to be written.
struct GameQuestion {
  std::string run_id{};
  std::string game_id{};
  std::optional<Format> format{};    // none: for the page and other programs
  std::optional<double> ended_by{};  // of several of one id, the last that had ended by then
};

/// The game that a request asks for: `{folder}{run}/{game}`, perhaps with a format as its ending.
/// The error names the parameter that is wrong; no field: the path is that of no game.
Result<GameQuestion> game_question_of(const http::Request& request, std::string_view folder);

}  // namespace keisei::archive
