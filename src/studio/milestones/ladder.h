#pragma once

#include <cmath>
#include <limits>
#include <optional>

namespace keisei::studio {

/// A figure of which only its first passing of a step matters. What was reached before the first
/// reading was not seen: only a step between an earlier reading and a later one counts, and of
/// several passed at once the highest.
class Ladder {
 public:
  /// The highest step that is not above the reading; none if all are.
  using Steps = std::optional<double> (*)(double reading);

  explicit Ladder(Steps steps) : steps_(steps) {}

  /// The step that this reading is the first to reach.
  std::optional<double> climb(double reading) {
    const double before = highest_;
    know(reading);
    const std::optional<double> step = steps_(reading);
    return step && *step > before ? step : std::nullopt;
  }
  /// It was there before.
  void know(double reading) { highest_ = std::fmax(highest_, reading); }

 private:
  Steps steps_;
  /// Not a number before the first reading: no step is above that, and every reading replaces it.
  double highest_ = std::numeric_limits<double>::quiet_NaN();
};

/// 10, 50, 100, 500, 1 000, …
std::optional<double> one_and_five(double reading);
/// The same from 100 on.
std::optional<double> one_and_five_from_100(double reading);
/// 200, 400, 600, …
std::optional<double> every_200(double reading);
/// Of scores against a random mover: 50, 75, 90, 95 %.
std::optional<double> score_steps(double reading);
/// Of skills: 25, 50, 75, 90 %.
std::optional<double> skill_steps(double reading);

}  // namespace keisei::studio
