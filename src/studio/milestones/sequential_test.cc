#include "studio/milestones/sequential_test.h"

#include <cassert>
#include <cmath>

namespace keisei::studio {

SequentialTest::SequentialTest(double bound) : bound_(bound) { assert(bound > 0 && bound < 1); }

void SequentialTest::add(int wins, int draws, int losses) {
  for (std::size_t i = 0; i < kShares.size(); ++i) {
    const auto growth = [&](double score) { return std::log1p(kShares[i] * (score - bound_)); };
    logs_[i] += wins * growth(1) + draws * growth(0.5) + losses * growth(0);
  }
}

double SequentialTest::evidence() const {
  double sum = 0;
  for (const double log : logs_) sum += std::exp(log);
  return sum / static_cast<double>(kShares.size());
}

}  // namespace keisei::studio
