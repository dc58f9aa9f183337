#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

/// Which frozen network answers "is it better than an hour ago?". Time is training time, in
/// seconds since the run began, as TrainingTimes counts it.
namespace keisei::rl {

struct Frozen {
  std::int64_t update = 0;
  double trained_s = 0;  // when it was frozen
};

inline constexpr double kHour = 3600;
/// What is younger or older is not played as "an hour ago".
inline constexpr double kYoungest = 0.75 * kHour;
inline constexpr double kOldest = 1.5 * kHour;

/// The one that was frozen nearest to an hour before `now_s`; of two that are as near the older.
std::optional<std::int64_t> hour_ago(std::span<const Frozen> frozen, double now_s);

/// Those that a pool has to keep so that there will be one: of the last hour and a quarter, one for
/// every ten minutes. At most eight. `frozen` is in order.
std::vector<std::int64_t> needed_for_hour_ago(std::span<const Frozen> frozen, double now_s);

}  // namespace keisei::rl
