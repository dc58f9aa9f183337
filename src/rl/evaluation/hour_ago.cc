#include "rl/evaluation/hour_ago.h"

#include <cmath>

namespace keisei::rl {
namespace {

constexpr double kSpacing = 600;
constexpr double kReach = 1.25 * kHour;

}  // namespace

std::optional<std::int64_t> hour_ago(std::span<const Frozen> frozen, double now_s) {
  const Frozen* nearest = nullptr;
  const auto distance = [&](const Frozen& one) { return std::abs(now_s - one.trained_s - kHour); };
  for (const Frozen& one : frozen) {
    const double age = now_s - one.trained_s;
    if (age < kYoungest || age > kOldest) continue;
    if (nearest == nullptr || distance(one) < distance(*nearest)) nearest = &one;
  }
  return nearest == nullptr ? std::nullopt : std::optional(nearest->update);
}

std::vector<std::int64_t> needed_for_hour_ago(std::span<const Frozen> frozen, double now_s) {
  std::vector<std::int64_t> needed;
  double last = -kSpacing;
  for (const Frozen& one : frozen) {
    if (now_s - one.trained_s > kReach || one.trained_s - last < kSpacing) continue;
    needed.push_back(one.update);
    last = one.trained_s;
  }
  return needed;
}

}  // namespace keisei::rl
