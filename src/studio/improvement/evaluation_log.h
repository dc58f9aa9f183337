#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

#include "protocol/evaluation_messages.h"

namespace keisei::studio {

/// Seconds between evaluations that are compared as "an hour".
inline constexpr double kHour = 3600;
inline constexpr double kYoungestHour = 0.75 * kHour;
inline constexpr double kOldestHour = 1.5 * kHour;

constexpr bool is_about_an_hour(double age) { return age >= kYoungestHour && age <= kOldestHour; }

/// What was measured of a run, in the order of its updates, without what a resume left behind.
class EvaluationLog {
 public:
  /// At one every five minutes those of the newest 42 hours; beyond that the oldest go.
  static constexpr std::size_t kMost = 512;
  /// So much earlier at least is the one that a young run is compared with.
  static constexpr double kLeastAge = 120;

  using Evaluation = protocol::EvaluationFinished;

  /// Whether it counts: it is of a network that is newer than all before it.
  bool hear(const Evaluation& evaluation);
  /// The run was resumed from before that update.
  void forget_from(std::int64_t update);

  bool empty() const { return evaluations_.empty(); }
  /// Oldest first.
  const std::deque<Evaluation>& all() const { return evaluations_; }
  const Evaluation& newest() const { return evaluations_.back(); }

  /// The one nearest to an hour before the newest; of a run that is younger than that its first, if
  /// that is not just now.
  const Evaluation* before() const;
  /// How old the network was when the other was measured: as the trainer says, else by when it was
  /// measured itself.
  std::optional<double> age_of(std::int64_t opponent, const Evaluation& measured) const;

 private:
  std::deque<Evaluation> evaluations_;
};

}  // namespace keisei::studio
