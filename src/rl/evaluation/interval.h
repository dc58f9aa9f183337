#pragma once

namespace keisei::rl {

struct Interval {
  double low, high;
};
/// 95 % Wilson interval of the score, as if each game were won or lost.
Interval wilson_interval(double score, int games);

}  // namespace keisei::rl
