#include "studio/game/drama.h"

#include <algorithm>
#include <cmath>

#include "studio/game/pace.h"

namespace keisei::studio {
namespace {

// After the last move the result takes the forecast's place: the page tells that by itself.
bool is_swing(const Scene& scene) {
  if (!scene.move || scene.game->decision(scene.ply) == nullptr) return false;
  const protocol::Number change = scene.game->told_change_after(scene.ply - 1);
  return change && std::abs(*change) >= Pace::kSwing;
}

}  // namespace

using protocol::DramaKind;

std::optional<DramaKind> DramaWatch::watch(const Scene& scene, const SceneFacts& facts,
                                           SteadyTime now) {
  if (!facts.played || scene.looks_back) return std::nullopt;
  if (facts.played->mates) return DramaKind::mate;
  const bool is_missed = std::any_of(facts.told.begin(), facts.told.end(), [](const auto& told) {
    return told.fact.rule == shogi::MoveRule::mate_in_1_missed;
  });
  if (is_missed && is_time(last_missed_, now)) return DramaKind::missed_mate;
  if (is_swing(scene) && is_time(last_swing_, now)) return DramaKind::swing;
  return std::nullopt;
}

bool DramaWatch::is_time(std::optional<SteadyTime>& last, SteadyTime now) {
  if (last && now < *last + kBetween) return false;
  last = now;
  return true;
}

}  // namespace keisei::studio
