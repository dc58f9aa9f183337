#pragma once

namespace keisei::studio {

/// A share of what was counted, with its 95 % interval.
struct ShareEstimate {
  double share;
  double low;
  double high;
};

/// The interval is Wilson's (1927), and holds the share itself. Precondition: there are trials, and
/// no more successes than those.
ShareEstimate share_of(double successes, double trials);

}  // namespace keisei::studio
