#pragma once

#include <span>
#include <vector>

namespace keisei::rl {

/// What two players did against each other. Players are numbered from 0.
struct Pairing {
  int first = 0, second = 0;
  int wins = 0, draws = 0, losses = 0;  // of the first
};

/// In Elo; the interval holds the truth with 95 % if the model is right.
struct Rating {
  double elo = 0, low = 0, high = 0;
};

struct RatingOptions {
  /// This player has 0.
  int anchor = 0;
  /// Deviation of a normal prior about the anchor, in Elo. It keeps finite whoever has only won or
  /// only lost, and hardly moves anybody else. 0: none, plain maximum likelihood.
  double prior_sd = 1000;
};

struct Ratings {
  std::vector<Rating> players;
  double draw_weight = 0;  // Davidson's nu
};

/// Ratings of all players at once, by maximum likelihood, under Bradley and Terry's model with
/// Davidson's draws (1970): with g = 10^(Elo / 400) the chances of win, draw and loss are as
/// g_i : nu sqrt(g_i g_j) : g_j, and nu is estimated too. That is one exponential family, so the
/// likelihood is concave and has one maximum, which Newton's method finds; the intervals come from
/// its Hessian there. Nothing depends on the order of the games, as it would with a K-factor.
/// Precondition: with no prior, no player or group has only won or only lost against the others.
Ratings rate(int players, std::span<const Pairing> pairings, const RatingOptions& options = {});

}  // namespace keisei::rl
