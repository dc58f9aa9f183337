#include "rl/selfplay/past_choice.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>

namespace keisei::rl {

std::vector<std::int64_t> thin_out(std::vector<std::int64_t> updates, int most) {
  while (updates.size() > static_cast<std::size_t>(most)) {
    // The one whose neighbours are closest to each other, in ratio.
    std::size_t least = 1;
    double least_gap = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i + 1 < updates.size(); ++i) {
      const double gap = std::log((static_cast<double>(updates[i + 1]) + 1) /
                                  (static_cast<double>(updates[i - 1]) + 1));
      if (gap < least_gap) {
        least_gap = gap;
        least = i;
      }
    }
    updates.erase(updates.begin() + static_cast<std::ptrdiff_t>(least));
  }
  return updates;
}

std::vector<std::int64_t> spread_over(const std::vector<std::int64_t>& updates, int most) {
  const auto count = static_cast<std::size_t>(std::max(0, most));
  if (updates.size() <= count) return updates;
  std::vector<std::int64_t> chosen;
  for (std::size_t i = 0; i < count; ++i) {
    // The newest, if there is only one to choose.
    const std::size_t at = count == 1 ? updates.size() - 1 : i * (updates.size() - 1) / (count - 1);
    chosen.push_back(updates[at]);
  }
  return chosen;
}

std::vector<std::int64_t> opponents_of(std::int64_t update, const std::vector<std::int64_t>& others,
                                       int most, std::optional<std::int64_t> hour_ago) {
  std::vector<std::int64_t> chosen;
  const auto choose = [&](std::int64_t one) {
    const bool is_new = std::find(chosen.begin(), chosen.end(), one) == chosen.end();
    if (is_new && static_cast<int>(chosen.size()) < most) chosen.push_back(one);
  };
  if (others.empty()) return chosen;
  if (hour_ago) choose(*hour_ago);
  const auto power = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(update)));
  const auto after = std::upper_bound(others.begin(), others.end(), power);
  if (after != others.begin()) choose(*std::prev(after));
  choose(hour_ago ? others.back() : others.front());
  choose(hour_ago ? others.front() : others.back());
  for (const std::int64_t other : spread_over(others, most)) choose(other);
  for (const std::int64_t other : others) choose(other);
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

}  // namespace keisei::rl
