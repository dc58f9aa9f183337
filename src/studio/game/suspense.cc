#include "studio/game/suspense.h"

#include <algorithm>

namespace keisei::studio {
namespace {

// With each game that is learned; some two thousand positions count half.
constexpr double kKept = 0.9;
// A kind of which so many positions are known counts as much as the mean of all.
constexpr double kLeaning = 30;

std::size_t third(double share, double low, double high) {
  return share < low ? 0 : (share < high ? 1 : 2);
}

// Unknown counts as a kind of its own.
std::size_t openness(protocol::Number forecast) {
  if (!forecast) return 3;
  return third(std::min(*forecast, 1 - *forecast), 0.2, 0.4);
}

}  // namespace

std::size_t SuspenseMeter::kind_of(const FeaturedGame& game, int ply) {
  const Outlook& outlook = game.decision(ply)->outlook;
  if (outlook.mate_is_likely()) return 0;
  const std::size_t captures = third(static_cast<double>(outlook.captures), 0.1, 0.5);
  const std::size_t checks = third(static_cast<double>(outlook.checks), 0.05, 0.3);
  const std::size_t in_check = outlook.in_check ? 1 : 0;
  return 1 + ((openness(game.black_forecast(ply)) * 2 + in_check) * 3 + captures) * 3 + checks;
}

void SuspenseMeter::learn(const FeaturedGame& game) {
  const auto fade = [](Squares& squares) {
    squares = {squares.count * kKept, squares.sum * kKept};
  };
  fade(all_);
  for (Squares& squares : kinds_) fade(squares);
  for (int ply = game.first_ply(); ply < game.last_ply(); ++ply) {
    const protocol::Number change = game.change_after(ply);
    if (!change) continue;
    for (Squares* squares : {&all_, &kinds_.at(kind_of(game, ply))}) {
      squares->count += 1;
      squares->sum += *change * *change;
    }
  }
}

double SuspenseMeter::expected(const FeaturedGame& game, int ply) const {
  const Squares& kind = kinds_.at(kind_of(game, ply));
  return (kind.sum + kLeaning * all_.mean()) / (kind.count + kLeaning);
}

}  // namespace keisei::studio
