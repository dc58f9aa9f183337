#include "studio/game/show_plan.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {
namespace {

/// The position from which the show is no longer than that.
int start_within(const FeaturedGame& game, const Pace& pace, std::chrono::milliseconds longest) {
  auto left = longest;
  int from = game.last_ply() - 1;
  while (from > game.first_ply() && left > pace.hold(game, from)) left -= pace.hold(game, from--);
  return from;
}

}  // namespace

ShowPlan plan_of(const FeaturedGame& game, const Pace& pace, const SuspenseMeter& suspense,
                 std::chrono::milliseconds longest) {
  ShowPlan plan{};
  plan.from = start_within(game, pace, longest * 5 / 4);
  if (plan.from > game.first_ply()) plan.from = start_within(game, pace, longest);
  std::chrono::duration<double, std::ratio<60>> length{0};
  double expected = 0;
  double moved = 0;
  for (int ply = plan.from; ply < game.last_ply(); ++ply) {
    length += pace.hold(game, ply);
    expected += suspense.expected(game, ply);
    const double change = game.change_after(ply).value_or(0);
    moved += change * change;
  }
  const int moves = std::max(1, game.last_ply() - plan.from);
  plan.minutes = length.count();
  plan.suspense = expected / std::max(plan.minutes, 1e-6);
  plan.surprise = moved / std::max(plan.minutes, 1e-6);
  plan.mean_move = std::sqrt(expected / moves);
  return plan;
}

}  // namespace keisei::studio
