#pragma once

namespace keisei::studio {

/// How likely each result of a game is, for one side. They sum to 1.
struct ResultChances {
  double win;
  double draw;
  double loss;

  /// A draw is half a win.
  double expected_score() const { return win + draw / 2; }
};

}  // namespace keisei::studio
