#include "studio/forecast/forecaster.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "studio/forecast/remembered_games.h"

namespace keisei::studio {

Forecaster::Call Forecaster::call_of(const EndedForecasts& ended, const Calibration& calibration) {
  const protocol::Number raw = ended.raw[EndedForecasts::kHalfway];
  if (!raw || ended.is_draw()) return Call::none;
  const double ahead = calibration.expected_score(*raw) - 0.5;
  if (std::abs(ahead) < kMargin) return Call::even;
  return (ahead > 0) == (ended.score > 0.5) ? Call::right : Call::wrong;
}

void Forecaster::hear(const protocol::MovePlayed& played) {
  if (!watch_.knows(played.game_id)) watch_.begin(played.game_id, basis());
  watch_.hear(played);
}

void Forecaster::hear(const protocol::GameFinished& finished) {
  const auto game = watch_.end(finished.game_id);
  if (game) learn(forecasts_of(finished, game->said), game->basis);
}

void Forecaster::learn(const EndedForecasts& ended, const ForecastBasis& basis) {
  if (!ended.is_known()) return;
  for (std::size_t i = games_.size(); i-- > 0;) {
    if (games_[i].game_id != ended.game_id) continue;
    games_.erase(games_.begin() + static_cast<std::ptrdiff_t>(i));
    calls_.erase(calls_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  if (games_.size() == kWindow) {
    games_.pop_front();
    calls_.pop_front();
  }
  games_.push_back(ended);
  calls_.push_back(call_of(ended, basis.calibration));
  basis_.reset();
}

void Forecaster::remember(const store::RunMemory& memory) {
  for (const EndedForecasts& ended : remembered_games(memory)) learn(ended, basis());
}

ForecastTally Forecaster::tally() const {
  ForecastTally tally;
  std::size_t left = kTallied;
  for (auto call = calls_.rbegin(); call != calls_.rend() && left > 0; ++call) {
    if (*call == Call::none) continue;
    --left;
    ++(*call == Call::even ? tally.even : *call == Call::right ? tally.right : tally.wrong);
  }
  return tally;
}

const ForecastBasis& Forecaster::basis() {
  if (!basis_) {
    const std::vector<EndedForecasts> games(games_.begin(), games_.end());
    basis_ = ForecastBasis{Calibration(games), tally()};
  }
  return *basis_;
}

}  // namespace keisei::studio
