#pragma once

#include "protocol/types.h"
#include "shogi/game.h"

namespace keisei::rl {

/// How messages call the end of a game.
inline protocol::EndReason end_reason(shogi::EndReason reason) {
  using Ours = shogi::EndReason;
  using Theirs = protocol::EndReason;
  switch (reason) {
    case Ours::checkmate:
      return Theirs::checkmate;
    case Ours::stalemate:
      return Theirs::stalemate;
    case Ours::repetition:
      return Theirs::repetition;
    case Ours::perpetual_check:
      return Theirs::perpetual_check;
    case Ours::max_plies:
      return Theirs::max_plies;
    case Ours::declaration:
      return Theirs::declaration;
    case Ours::impasse:
      return Theirs::impasse;
    case Ours::resignation:
      break;
  }
  return Theirs::resignation;
}

}  // namespace keisei::rl
