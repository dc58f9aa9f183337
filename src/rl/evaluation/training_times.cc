#include "rl/evaluation/training_times.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "rl/run_log.h"

namespace keisei::rl {

TrainingTimes::TrainingTimes(const std::string& directory, std::int64_t latest_update)
    : path_(directory + "/times.csv") {
  std::ifstream file(path_);
  for (std::string line; std::getline(file, line);) {
    std::replace(line.begin(), line.end(), ',', ' ');
    std::istringstream in(line);
    Frozen one;
    if (in >> one.update >> one.trained_s && std::isfinite(one.trained_s)) put(one);
  }
  std::erase_if(frozen_, [&](const Frozen& one) { return one.update > latest_update; });
  if (!frozen_.empty()) before_s_ = frozen_.back().trained_s;
}

// Those that are not older are of a future that was given up.
void TrainingTimes::put(const Frozen& one) {
  while (!frozen_.empty() && frozen_.back().update >= one.update) frozen_.pop_back();
  frozen_.push_back(one);
}

std::optional<double> TrainingTimes::of(std::int64_t update) const {
  const auto found = std::find_if(frozen_.begin(), frozen_.end(),
                                  [&](const Frozen& one) { return one.update == update; });
  return found == frozen_.end() ? std::nullopt : std::optional(found->trained_s);
}

Result<void> TrainingTimes::add(const Frozen& one) {
  put(one);
  auto log = RunLog::open(path_);
  if (!log) return tl::unexpected(log.error());
  return log->append(fmt::format("{},{:.1f}", one.update, one.trained_s));
}

}  // namespace keisei::rl
