#pragma once

#include <span>

#include "studio/forecast/ended_forecasts.h"
#include "studio/forecast/result_chances.h"

namespace keisei::studio {

/// What results a run's games came to that had such a forecast. Three numbers, fitted to the
/// results of its finished games:
///
/// - the *sharpness* s and the *shift* d: a forecast for Black with the odds o stands for an
///   expected score with the odds e^d o^s (a logistic regression). With s above 1 the network is
///   too timid, below 1 too bold; with d above 0 Black does better than it says;
/// - the *tie parameter* v of Davidson's model (On extending the Bradley-Terry model to
///   accommodate ties, Journal of the American Statistical Association, 1970): how many games are
///   drawn, P(draw) = v sqrt(P(win) P(loss)). Draws come at the cost of both sides alike.
///
/// All have normal priors, so that without games the expected score is the network's own. Fitted
/// by Newton's method within bounds: deterministic, and finite whatever the games were like.
class Calibration {
 public:
  /// With fewer games nothing is called calibrated.
  static constexpr int kLeastGames = 20;
  /// A game that ended so many games ago counts half.
  static constexpr double kHalfLife = 128;

  /// Of the shift. Narrow: it alone can turn a forecast near even to the other side, and a few
  /// games that one colour happened to win shall not.
  static constexpr double kShiftDeviation = 0.3;

  /// As far as nothing is known of the run.
  Calibration() = default;
  /// Oldest first; something is known of each. A game counts once, however many of its positions
  /// are known. A `shift_deviation` of 0 makes the shift 0.
  explicit Calibration(std::span<const EndedForecasts> games,
                       double shift_deviation = kShiftDeviation);

  /// How many games it was fitted to.
  int games() const { return games_; }
  bool is_calibrated() const { return games_ >= kLeastGames; }
  double sharpness() const { return sharpness_; }
  double shift() const { return shift_; }
  double tie() const { return tie_; }

  /// For Black, of the network's forecast for Black; both 0 to 1. Keeps order.
  double expected_score(double raw) const;
  /// Of an expected score, for the same side.
  ResultChances chances(double expected_score) const;

 private:
  double sharpness_ = 1;
  double shift_ = 0;
  double tie_ = kPriorTie;
  int games_ = 0;

  // Of even games a quarter is drawn: young networks draw 22 to 36 %.
  static constexpr double kPriorTie = 2.0 / 3;
};

}  // namespace keisei::studio
