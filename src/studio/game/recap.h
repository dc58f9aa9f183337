#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "shogi/insight/openings.h"
#include "studio/game/scene.h"

namespace keisei::studio {

/// What has happened in a game before it is joined: nothing but facts.
struct Recap {
  struct Turn {
    int ply;  // the position after so many moves
    double before;
    double after;  // of the forecast for Black
  };

  int captures = 0;                                          // as far as the game is known
  std::array<std::optional<std::string_view>, 2> opening{};  // by index(Color)
  int material = 0;                                          // of Black less White's, in pawns
  std::optional<Turn> turn{};                                // the largest
};

/// Openings are read where the game is known from its first move.
Recap recap_of(const Scene& scene, const shogi::Openings& openings);

}  // namespace keisei::studio
