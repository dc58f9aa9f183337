#include "studio/game/recap.h"

#include <cmath>

#include "shogi/insight/material.h"

namespace keisei::studio {
namespace {

// What a player met last says most of how it goes on.
std::optional<std::string_view> last_of(const std::vector<std::string_view>& openings) {
  return openings.empty() ? std::nullopt : std::optional(openings.back());
}

}  // namespace

Recap recap_of(const Scene& scene, const shogi::Openings& openings) {
  const FeaturedGame& game = *scene.game;
  Recap recap{.material = shogi::material_balance(scene.position, shogi::Color::black)};
  if (game.first_ply() > 0) return recap;
  int captures = 0;
  shogi::OpeningTracker tracker(openings, game.start());
  for (int ply = 0; ply < scene.ply; ++ply) {
    const Decision& played = *game.decision(ply);
    if (ply < openings.plies()) tracker.play(played.move);
    if (played.captured != shogi::PieceType::none) ++captures;
    const protocol::Number change = game.told_change_after(ply);
    const auto& turn = recap.turn;
    if (!change || (turn && std::abs(*change) <= std::abs(turn->after - turn->before))) continue;
    recap.turn = {ply + 1, *game.told_forecast(ply), *game.told_forecast(ply + 1)};
  }
  recap.captures = captures;
  const shogi::OpeningReading reading = tracker.reading();
  for (std::size_t side = 0; side < 2; ++side) recap.opening[side] = last_of(reading.player[side]);
  return recap;
}

}  // namespace keisei::studio
