#include "studio/game/pace.h"

#include <cmath>

namespace keisei::studio {
namespace {

constexpr float kLikelyEvent = 0.5F;
// Times the distance that the forecast moves in the mean position.
constexpr double kTense = 1.5;
constexpr double kCritical = 2;

constexpr int kDull = 1;  // in quarters
constexpr int kEvent = 2;
constexpr int kFull = 4;
constexpr int kSlow = 6;

}  // namespace

std::chrono::milliseconds Pace::hold(const FeaturedGame& game, int ply) const {
  return per_move_ * quarters_of(game, ply) / 4;
}

int Pace::quarters_of(const FeaturedGame& game, int ply) const {
  const Outlook& outlook = game.decision(ply)->outlook;
  const protocol::Number turned =
      ply - 1 > game.first_ply() ? game.change_after(ply - 1) : std::nullopt;
  const double ahead = suspense_->expected(game, ply);
  const auto is_beyond = [&](double times) {
    return suspense_->mean() > 0 && ahead >= times * times * suspense_->mean();
  };
  if (outlook.mate_is_likely() || is_beyond(kCritical)) return kSlow;
  if (turned && std::abs(*turned) >= kSwing) return kSlow;
  if (is_beyond(kTense)) return kFull;
  if (!outlook.is_told || outlook.captures + outlook.checks >= kLikelyEvent) return kEvent;
  if (ply == game.first_ply()) return kDull;
  const Decision& last = *game.decision(ply - 1);
  return last.takes_a_piece() || last.promotes || last.checks ? kEvent : kDull;
}

}  // namespace keisei::studio
