#include "hook/measuring/impact_estimate.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace keisei::hook {
namespace {

constexpr double kTrim = 0.2;  // of each end

/// The 97.5 % quantile of Student's t, by the first terms of Cornish and Fisher's expansion: within
/// 0.3 % from 5 degrees of freedom on.
double student_t(double degrees) {
  constexpr double kZ = 1.959964;
  constexpr double kZ3 = kZ * kZ * kZ;
  constexpr double kZ5 = kZ3 * kZ * kZ;
  return kZ + (kZ3 + kZ) / (4 * degrees) + (5 * kZ5 + 16 * kZ3 + 3 * kZ) / (96 * degrees * degrees);
}

struct Mean {
  double value;
  double error;  // standard error
  double degrees;
};

Mean trimmed_mean(std::vector<double>& values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  const auto cut = static_cast<std::size_t>(kTrim * static_cast<double>(n));
  const auto kept = static_cast<double>(n - 2 * cut);
  double sum = 0;
  for (std::size_t i = cut; i < n - cut; ++i) sum += values[i];
  const double edges = static_cast<double>(cut) * (values[cut] + values[n - cut - 1]);
  const double winsorised = (sum + edges) / static_cast<double>(n);
  double squares = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const double value = std::clamp(values[i], values[cut], values[n - cut - 1]);
    squares += (value - winsorised) * (value - winsorised);
  }
  const double deviation = std::sqrt(squares / static_cast<double>(n - 1));
  return {sum / kept, deviation / ((1 - 2 * kTrim) * std::sqrt(static_cast<double>(n))), kept - 1};
}

}  // namespace

Impact estimate_impact(std::span<const Trial> trials, std::optional<double> training_s) {
  std::vector<double> differences, without;
  differences.reserve(trials.size());
  without.reserve(trials.size());
  for (const Trial& trial : trials) {
    differences.push_back(trial.on_s - trial.off_s);
    without.push_back(trial.off_s);
  }
  const Mean difference = trimmed_mean(differences);
  const double base = training_s ? *training_s : trimmed_mean(without).value;
  const double reach = student_t(difference.degrees) * difference.error;
  return {.pct = 100 * difference.value / base,
          .low_pct = 100 * (difference.value - reach) / base,
          .high_pct = 100 * (difference.value + reach) / base,
          .trials = trials.size()};
}

}  // namespace keisei::hook
