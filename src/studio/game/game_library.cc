#include "studio/game/game_library.h"

#include <algorithm>

namespace keisei::studio {
namespace {

constexpr std::size_t kClosedIds = 64;

}  // namespace

GameLibrary::GameLibrary(Counters& counters)
    : skipped_(counters.family<GameFault>("keisei_studio_games_skipped_total",
                                          "Games of the featured environment never shown.")) {}

template <class Event>
void GameLibrary::add_to_game(const Event& event) {
  if (FeaturedGame* game = find_or_make(event.game_id)) game->add(event);
}

void GameLibrary::add(const protocol::MovePlayed& played) {
  newest_number_ = std::max(newest_number_, played.game_number);
  newest_update_ = std::max(newest_update_, played.update);
  add_to_game(played);
  sweep();
}

void GameLibrary::add(const protocol::GameFinished& finished) {
  newest_update_ = std::max(newest_update_, finished.update);
  add_to_game(finished);
  sweep();
}

void GameLibrary::add(const protocol::Attention& attention) { add_to_game(attention); }

FeaturedGame* GameLibrary::find_or_make(const std::string& id) {
  for (const auto& game : games_) {
    if (game->id() == id) return game.get();
  }
  for (const auto& shown : shown_) {
    if (const auto game = shown.lock(); game && game->id() == id) return game.get();
  }
  if (std::find(closed_.begin(), closed_.end(), id) != closed_.end()) return nullptr;
  games_.push_back(std::make_shared<FeaturedGame>(id));
  return games_.back().get();
}

// A game that cannot be completed any more is taken out and counted; then the worst finished games
// beyond the bound go, which is no loss worth counting.
void GameLibrary::sweep() {
  for (std::size_t i = games_.size(); i-- > 0;) {
    const FeaturedGame& game = *games_[i];
    // The end of a game may overtake its last moves, and the next game's first moves its end.
    const bool overtaken =
        !game.complete() && game.number() > 0 && game.number() + 2 <= newest_number_;
    if (!game.broken() && !overtaken) continue;
    skipped_[game.fault().value_or(GameFault::overtaken)].add();
    remove(game);
  }
  while (games_.size() > kMostGames) {
    const auto worst =
        std::min_element(games_.begin(), games_.end(), [this](const auto& a, const auto& b) {
          return (a->complete() ? score(*a) : 99) < (b->complete() ? score(*b) : 99);
        });
    const auto game = *worst;
    remove(*game);
  }
}

void GameLibrary::clear() {
  for (const auto& game : games_) closed_.push_back(game->id());
  games_.clear();
  newest_number_ = 0;
  newest_update_ = 0;
  while (closed_.size() > kClosedIds) closed_.pop_front();
}

GameLibrary::Game GameLibrary::best_finished() const {
  Game best;
  for (const auto& game : games_) {
    if (!game->complete()) continue;
    if (!best || score(*game) >= score(*best)) best = game;
  }
  return best;
}

GameLibrary::Game GameLibrary::newest_unfinished() const {
  for (auto game = games_.rbegin(); game != games_.rend(); ++game) {
    if (!(*game)->finish() && (*game)->can_show((*game)->first_ply())) return *game;
  }
  return nullptr;
}

double GameLibrary::score(const FeaturedGame& game) const {
  double score = 0;
  if (game.finish() && game.finish()->winner)
    score += game.finish()->reason == protocol::EndReason::checkmate ? 3 : 2;
  const int plies = game.last_ply();
  if (plies >= 20 && plies <= 200) score += plies <= 120 ? 2 : 1;
  const Events& events = game.events();
  const int eventful = events.captures + 2 * events.promotions + 2 * events.checks;
  const int known = std::max(1, game.last_ply() - game.first_ply());
  score += std::min(2.0, static_cast<double>(eventful) / known);
  score -= std::min(3.0, 0.5 * static_cast<double>(newest_update_ - game.update()));
  return score;
}

void GameLibrary::remove(const FeaturedGame& game) {
  closed_.push_back(game.id());
  if (closed_.size() > kClosedIds) closed_.pop_front();
  for (std::size_t i = 0; i < games_.size(); ++i) {
    if (games_[i].get() != &game) continue;
    shown_.push_back(games_[i]);
    if (shown_.size() > 4) shown_.pop_front();
    games_.erase(games_.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
}

}  // namespace keisei::studio
