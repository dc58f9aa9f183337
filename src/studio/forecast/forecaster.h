#pragma once

#include <cstddef>
#include <deque>
#include <optional>

#include "store/run_memory.h"
#include "studio/forecast/ended_forecasts.h"
#include "studio/forecast/forecast_basis.h"
#include "studio/forecast/value_watch.h"

namespace keisei::studio {

/// Holds the forecasts of a run against the results of its finished games: what they are worth now,
/// and how often they were right. Both as of a moment before a game ended, never with what its end
/// tells.
class Forecaster {
 public:
  /// So many of the newest games tell what forecasts are worth.
  static constexpr std::size_t kWindow = 256;
  /// So many of the newest that had a winner are in the tally.
  static constexpr std::size_t kTallied = 20;
  /// A forecast that is nearer to even is on nobody's side.
  static constexpr double kMargin = 0.05;

  /// Another run.
  void clear() { *this = {}; }
  /// Takes in the games of a run that are kept with what the network thought.
  void remember(const store::RunMemory& memory);
  void hear(const protocol::MovePlayed& played);
  /// A game has ended, whether all of its moves were told or not.
  void hear(const protocol::GameFinished& finished);
  /// `basis`: of which its forecast was told. A game that is played anew takes its own place.
  void learn(const EndedForecasts& ended, const ForecastBasis& basis);

  /// For a game that begins.
  const ForecastBasis& basis();

 private:
  enum class Call { none, even, right, wrong };
  static Call call_of(const EndedForecasts& ended, const Calibration& calibration);
  ForecastTally tally() const;

  ValueWatch watch_;
  std::deque<EndedForecasts> games_;                     // oldest first
  std::deque<Call> calls_;                               // of each
  std::optional<ForecastBasis> basis_{ForecastBasis{}};  // none: to be worked out
};

}  // namespace keisei::studio
