#pragma once

#include <algorithm>
#include <boost/describe/enum.hpp>
#include <cstddef>
#include <cstdint>
#include <deque>

#include "protocol/evaluation_messages.h"

namespace keisei::studio {

/// What the measured strength has done. `ceiling`: it scores almost everything, so that the measure
/// has nothing more to show; `unclear`: the two intervals overlap.
BOOST_DEFINE_ENUM_CLASS(Progress, unmeasured, first, stronger, weaker, unclear, ceiling)

/// The score against a random mover in the newest evaluations: whether the network plays better is
/// judged by this and by nothing that training says of itself.
class StrengthWatch {
 public:
  /// The newest is compared with the one that came so many before it, or the oldest there is.
  static constexpr std::size_t kBefore = 6;
  static constexpr std::size_t kMost = 256;

  struct Score {
    std::int64_t update;  // of the network that was measured
    double score;
    double low;  // of its 95 % interval
    double high;
  };

  /// `ceiling`: Cut::ceiling.
  explicit StrengthWatch(double ceiling) : ceiling_(ceiling) {}

  /// Does nothing if the same network or a newer one was measured before.
  void hear(const protocol::EvaluationFinished& evaluation);
  /// The run was resumed from before that update: later networks are none of its past.
  void forget_from(std::int64_t update);

  Progress progress() const;
  /// Precondition: progress() is not unmeasured.
  const Score& newest() const { return scores_.back(); }
  const Score& before() const {
    return scores_[scores_.size() - std::min(scores_.size(), kBefore + 1)];
  }

 private:
  double ceiling_;
  std::deque<Score> scores_;  // oldest first
};

}  // namespace keisei::studio
