#pragma once

#include <span>
#include <vector>

namespace keisei::rl {

/// What two players did against each other. Players are numbered from 0.
struct Pairing {
  int first = 0, second = 0;
  int wins = 0, draws = 0, losses = 0;  // of the first
};

/// In Elo, with a 95 % interval.
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

/// Ratings of all players at once, on the one scale of this project: a draw is half a win and half
/// a loss, and d Elo more mean an expected score of 1 / (1 + 10^(-d / 400)), 64 % for 100, however
/// many games are drawn. (A model with a chance of its own for draws, as Davidson's of 1970, has
/// another scale for every share of draws.)
///
/// By maximum likelihood under Bradley and Terry's model (1952): every player's expected score in
/// its games is the score that it has. The likelihood is concave and has one maximum, which
/// Newton's method finds; the intervals come from its Hessian there, as if each game were won or
/// lost: with draws they are wider than need be. Nothing depends on the order of the games, as it
/// would with a K-factor. Precondition: with no prior, no player or group has only won or only lost
/// against the others.
std::vector<Rating> rate(int players, std::span<const Pairing> pairings,
                         const RatingOptions& options = {});

}  // namespace keisei::rl
