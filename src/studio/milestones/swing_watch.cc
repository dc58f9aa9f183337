#include "studio/milestones/swing_watch.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {
namespace {

// Of values from -1 to 1, to one of probabilities.
double change_of(double before, double after) { return std::abs(after - before) / 2; }

}  // namespace

void SwingWatch::hear(const std::string& game_id, int ply, const std::string& usi,
                      protocol::Number value) {
  auto game = std::find_if(games_.rbegin(), games_.rend(),
                           [&](const Game& one) { return one.id == game_id; });
  if (game == games_.rend()) {
    if (games_.size() == kMostGames) games_.pop_front();
    games_.push_back({game_id, {}});
    game = games_.rbegin();
  }
  const auto place = static_cast<std::size_t>(ply);
  if (game->thoughts.size() <= place) game->thoughts.resize(place + 1);
  if (Thought& thought = game->thoughts[place]; thought.usi.empty()) thought = {usi, value};
}

std::optional<SwingWatch::Swing> SwingWatch::largest(const protocol::GameFinished& game) const {
  const auto found = std::find_if(games_.begin(), games_.end(),
                                  [&](const Game& one) { return one.id == game.game_id; });
  if (found == games_.end()) return std::nullopt;
  const auto value_at = [&](std::size_t ply) -> protocol::Number {
    const Thought& thought = found->thoughts[ply];
    return thought.usi == game.moves[ply] ? thought.value : std::nullopt;
  };
  std::optional<Swing> largest;
  const std::size_t plies = std::min(found->thoughts.size(), game.moves.size());
  for (std::size_t ply = 2; ply < plies; ++ply) {
    const protocol::Number before = value_at(ply - 2);
    const protocol::Number after = value_at(ply);
    if (!before || !after) continue;
    const double size = change_of(*before, *after);
    if (!largest || size > largest->size) largest = Swing{size, static_cast<int>(ply)};
  }
  return largest;
}

void SwingWatch::forget(const std::string& game_id) {
  std::erase_if(games_, [&](const Game& one) { return one.id == game_id; });
}

}  // namespace keisei::studio
