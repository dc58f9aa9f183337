#pragma once

#include <string_view>

#include "shogi/game.h"

namespace keisei::rl {

/// How the protocol calls the end of a game; it has a word of its own for stalemate.
inline std::string_view reason_name(shogi::EndReason reason) {
  return reason == shogi::EndReason::stalemate ? "no_legal_move" : shogi::to_string(reason);
}

}  // namespace keisei::rl
