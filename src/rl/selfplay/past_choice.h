#pragma once

#include <cstdint>
#include <optional>
#include <vector>

/// Which networks of a run's past are kept, and which of them are played against. A network goes by
/// the number of updates behind it.
namespace keisei::rl {

/// Which of many updates, oldest first, a pool of `most` keeps: always the first and the last, and
/// of the others such that what is left is spread over the run's whole past, on a logarithmic
/// scale. Precondition: most >= 2.
std::vector<std::int64_t> thin_out(std::vector<std::int64_t> updates, int most);

/// `most` of the updates, evenly by position and with both ends; all of them if there are no more.
std::vector<std::int64_t> spread_over(const std::vector<std::int64_t>& updates, int most);

/// `most` of the `others` (oldest first, all older than `update`) for the network after `update` to
/// play against: the one of an hour ago, if there is one; one that stays the same while the number
/// of updates doubles, so that games against it add up; the oldest, or with one of an hour ago
/// first the newest; then others, spread over the past. Oldest first.
std::vector<std::int64_t> opponents_of(std::int64_t update, const std::vector<std::int64_t>& others,
                                       int most, std::optional<std::int64_t> hour_ago = {});

}  // namespace keisei::rl
