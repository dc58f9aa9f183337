#include "studio/run/cadence.h"

#include <algorithm>
#include <vector>

namespace keisei::studio {

void Cadence::happened(SteadyTime now) {
  if (latest_) between_.push_back(now - *latest_);
  if (between_.size() > kMost) between_.pop_front();
  latest_ = now;
}

std::optional<SteadyTime> Cadence::next(SteadyTime now) const {
  if (between_.size() < kFewest) return std::nullopt;
  std::vector<SteadyTime::duration> sorted(between_.begin(), between_.end());
  std::sort(sorted.begin(), sorted.end());
  const auto quarter = [&](std::size_t of_four) {
    return sorted[(sorted.size() - 1) * of_four / 4];
  };
  const auto median = quarter(2);
  if (quarter(3) - quarter(1) > std::chrono::duration<double>(median) * kSpread) {
    return std::nullopt;
  }
  const SteadyTime next = *latest_ + median;
  return now <= next + median / 2 ? std::optional(next) : std::nullopt;
}

}  // namespace keisei::studio
