#pragma once

namespace keisei::studio {

/// Standard deviations of a normal distribution between which 95 % and 99.5 % of it lie.
inline constexpr double kOf95Percent = 1.96;
inline constexpr double kOf995Percent = 2.807;

/// A share of what was counted, with its interval.
struct ShareEstimate {
  double share;
  double low;
  double high;
};

/// The interval is Wilson's (1927), and holds the share itself. Precondition: there are trials, and
/// no more successes than those.
ShareEstimate share_of(double successes, double trials, double quantile = kOf95Percent);

}  // namespace keisei::studio
