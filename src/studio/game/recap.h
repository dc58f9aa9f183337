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

  std::optional<int> captures{};
  std::array<std::optional<std::string_view>, 2> opening{};  // by index(Color)
  int material = 0;                                          // of Black less White's, in pawns
  std::optional<Turn> turn{};                                // the largest
};

/// Openings, captures and the turn are those of the whole game so far: of one that is not known
/// from its first move they are not told.
Recap recap_of(const Scene& scene, const shogi::Openings& openings);

}  // namespace keisei::studio
