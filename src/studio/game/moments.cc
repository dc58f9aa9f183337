#include "studio/game/moments.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {
namespace {

// So far must the forecast turn to be worth as much as a capture.
constexpr double kEventWeight = 0.05;

double weight(const FeaturedGame& game, int ply) {
  const Decision& played = *game.decision(ply - 1);
  double weight = std::abs(game.change_after(ply - 1).value_or(0));
  for (const bool event : {played.takes_a_piece(), played.promotes, played.checks}) {
    if (event) weight += kEventWeight;
  }
  return weight;
}

}  // namespace

std::vector<int> moments_of(const FeaturedGame& game, int up_to, std::size_t most) {
  std::vector<int> plies;
  for (int ply = game.first_ply() + 1; ply <= up_to && game.can_show(ply); ++ply) {
    plies.push_back(ply);
  }
  std::stable_sort(plies.begin(), plies.end(),
                   [&](int a, int b) { return weight(game, a) > weight(game, b); });
  plies.resize(std::min(plies.size(), most));
  std::sort(plies.begin(), plies.end());
  return plies;
}

}  // namespace keisei::studio
