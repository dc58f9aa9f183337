#include "studio/game/game_library.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "protocol/drop_reason.h"

namespace keisei::studio {
namespace {

constexpr std::size_t kClosedIds = 64;

}  // namespace

GameLibrary::GameLibrary(Counters& counters, OnSkipped on_skipped)
    : skipped_(counters.family<GameFault>("keisei_studio_games_skipped_total",
                                          "Games of the featured environment never shown whole.")),
      skipped_choices_(counters.family<ChoiceFault>(
          "keisei_studio_choices_skipped_total",
          "Moves that the policy considered, as its trainer says, and that are none.")),
      ignored_(counters.family<IgnoredMove>("keisei_studio_moves_ignored_total",
                                            "Moves that were told for nothing.")),
      numbers_back_(&counters.counter("keisei_studio_game_numbers_back_total",
                                      "Games that began with a lower number than one before.")),
      on_skipped_(std::move(on_skipped)) {}

template <class Event>
void GameLibrary::add_to(FeaturedGame* game, const Event& event) {
  if (game == nullptr || game->broken()) return;
  const bool was_complete = game->complete();
  game->add(event);
  for (const BadChoice& choice : game->take_bad_choices()) count_and_tell(*game, choice);
  if (game->broken()) return skip(*game, *game->what_broke());
  if (game->complete() && !was_complete) suspense_.learn(*game);
}

// A run that was resumed plays from its checkpoint on and plays games again that it had told
// before: their first moves come later than anything that is known of them. What is only told again
// does not.
void GameLibrary::forget_if_begun_anew(const protocol::MovePlayed& played) {
  if (played.ply != 0) return;
  const auto is_earlier = [&](const FeaturedGame& game) {
    return game.id() == played.game_id && !game.is_rumour() &&
           game.told_until() < played.emitted_at;
  };
  std::erase_if(closed_, [&](const Closed& closed) {
    return closed.id == played.game_id && closed.told_until < played.emitted_at;
  });
  std::erase_if(games_, [&](const auto& game) { return is_earlier(*game); });
  std::erase_if(shown_, [&](const auto& shown) {
    const auto game = shown.lock();
    return game && is_earlier(*game);
  });
}

// A game that begins counts for what it says, whatever was said before: a trainer that once told a
// number that was far too high would otherwise have overtaken all of its later games.
void GameLibrary::add(const protocol::MovePlayed& played) {
  forget_if_begun_anew(played);
  forecaster_.hear(played);
  FeaturedGame* const game = find_or_make(played.game_id);
  const bool is_open = game != nullptr && !game->broken();
  const bool begins = is_open && game->is_rumour();
  if (begins && played.game_number < newest_number_) numbers_back_->add();
  newest_number_ = begins ? played.game_number : std::max(newest_number_, played.game_number);
  newest_update_ = std::max(newest_update_, played.update);
  if (!is_open) {
    ignored_[IgnoredMove::of_closed_game].add();
  } else if (game->knows(played)) {
    ignored_[IgnoredMove::repeated].add();
  }
  add_to(game, played);
  sweep();
}

void GameLibrary::add(const protocol::GameFinished& finished) {
  forecaster_.hear(finished);
  newest_update_ = std::max(newest_update_, finished.update);
  add_to(find_or_make(finished.game_id), finished);
  sweep();
}

void GameLibrary::add(const protocol::Attention& attention) {
  add_to(find_or_make(attention.game_id), attention);
  make_room();
}

void GameLibrary::repeat(const protocol::GameFinished& finished) {
  add_to(find(finished.game_id), finished);
}

FeaturedGame* GameLibrary::find(const std::string& id) {
  for (const auto& game : games_) {
    if (game->id() == id) return game.get();
  }
  for (const auto& shown : shown_) {
    if (const auto game = shown.lock(); game && game->id() == id) return game.get();
  }
  return nullptr;
}

FeaturedGame* GameLibrary::find_or_make(const std::string& id) {
  if (FeaturedGame* game = find(id)) return game;
  const auto is_it = [&](const Closed& closed) { return closed.id == id; };
  if (std::any_of(closed_.begin(), closed_.end(), is_it)) return nullptr;
  ++begun_;
  games_.push_back(std::make_shared<FeaturedGame>(id, left_out_, forecaster_.basis()));
  return games_.back().get();
}

// What is missing of the game will not come: its end may overtake its last moves, and the next
// game's first moves its end, but no more.
bool GameLibrary::has_overtaken(const FeaturedGame& game) const {
  return !game.complete() && game.number() > 0 && game.number() + 2 <= newest_number_;
}

void GameLibrary::sweep() {
  for (std::size_t i = games_.size(); i-- > 0;) {
    const FeaturedGame& game = *games_[i];
    if (!has_overtaken(game)) continue;
    skip(game, {GameFault::overtaken, game.last_ply(), "later games came, the rest of it did not"});
  }
  make_room();
}

void GameLibrary::skip(const FeaturedGame& game, const GameBreak& broke) {
  std::string why = fmt::format("game {}, move {}: {} ({})", game.id(), broke.ply + 1, broke.why,
                                to_string(broke.fault));
  const bool lacks_moves = broke.fault == GameFault::gap || broke.fault == GameFault::overtaken;
  if (lacks_moves && incomplete_.size() < kMostGames) {
    incomplete_.push_back({broke.fault, game.left_out_before(), std::move(why)});
  } else {
    count_and_tell(broke.fault, std::move(why));
  }
  remove(game);
}

void GameLibrary::count_and_tell(GameFault fault, std::string why) {
  skipped_[fault].add();
  on_skipped_(protocol::Unusable::game, std::move(why));
}

void GameLibrary::count_and_tell(const FeaturedGame& game, const BadChoice& choice) {
  skipped_choices_[choice.fault].add();
  on_skipped_(protocol::Unusable::choice,
              fmt::format("game {}, move {}: {} ({})", game.id(), choice.ply + 1, choice.why,
                          to_string(choice.fault)));
}

void GameLibrary::hear(const protocol::Heartbeat& heartbeat) {
  std::int64_t left_out = 0;
  for (const auto& [key, count] : heartbeat.dropped) {
    const auto reason = protocol::drop_reason_of(key);
    if (key.starts_with("move/") && reason && is_on_purpose(*reason)) left_out += count;
  }
  // A trainer that was started again counts anew.
  left_out_ += left_out < heard_left_out_ ? left_out : left_out - heard_left_out_;
  heard_left_out_ = left_out;
  for (Incomplete& game : std::exchange(incomplete_, {})) {
    if (game.left_out_before == left_out_) {
      count_and_tell(game.fault, std::move(game.why));
    } else {
      skipped_[GameFault::left_out].add();
    }
  }
}

std::size_t GameLibrary::bytes() const {
  std::size_t sum = 0;
  for (const auto& game : games_) sum += game->bytes();
  return sum;
}

// The least games beyond the bounds go, which is no loss worth counting.
void GameLibrary::make_room() {
  while (games_.size() > kMostGames || bytes() > kMostBytes) {
    const auto worst =
        std::min_element(games_.begin(), games_.end(),
                         [this](const auto& a, const auto& b) { return worth(*a) < worth(*b); });
    if ((*worst)->is_rumour()) {
      games_.erase(worst);  // it may yet become a game
    } else {
      remove(*Game(*worst));
    }
  }
}

// The oldest go first, and those with a first last. An unfinished game may be anything; one of
// which only activity is known, hardly.
double GameLibrary::worth(const FeaturedGame& game) const {
  if (game.is_rumour()) return -1e9;
  if (!game.complete()) return 1e9;
  return static_cast<double>(game.update() - newest_update_) + (has_first(game) ? kFirstBehind : 0);
}

void GameLibrary::close(const FeaturedGame& game) {
  closed_.push_back({game.id(), game.told_until()});
  if (closed_.size() > kClosedIds) closed_.pop_front();
}

void GameLibrary::begin(const store::RunMemory* memory) {
  for (const auto& game : games_) close(*game);
  games_.clear();
  firsts_.clear();
  suspense_.clear();
  forecaster_.clear();
  if (memory != nullptr) forecaster_.remember(*memory);
  newest_number_ = 0;
  newest_update_ = 0;
}

std::int64_t GameLibrary::newest_finished() const {
  std::int64_t newest = 0;
  for (const auto& game : games_) {
    if (game->complete()) newest = std::max(newest, game->update());
  }
  return newest;
}

bool GameLibrary::is_offered(const FeaturedGame& game) const {
  return game.complete() &&
         game.update() + (has_first(game) ? kFirstBehind : kMostBehind) >= newest_finished();
}

std::vector<GameLibrary::Game> GameLibrary::finished() const {
  std::vector<Game> finished;
  for (const auto& game : games_) {
    if (is_offered(*game)) finished.push_back(game);
  }
  return finished;
}

GameLibrary::Game GameLibrary::newest_unfinished() const {
  for (auto game = games_.rbegin(); game != games_.rend(); ++game) {
    if (!(*game)->finish() && (*game)->can_show((*game)->first_ply())) return *game;
  }
  return nullptr;
}

void GameLibrary::show(const FeaturedGame& game) {
  const auto place = std::find_if(games_.begin(), games_.end(),
                                  [&](const auto& one) { return one.get() == &game; });
  for (auto left = place == games_.end() ? 0 : place - games_.begin(); left > 0; --left) {
    remove(*Game(games_.front()));
  }
  remove(game);
}

void GameLibrary::remove(const FeaturedGame& game) {
  close(game);
  for (std::size_t i = 0; i < games_.size(); ++i) {
    if (games_[i].get() != &game) continue;
    shown_.push_back(games_[i]);
    if (shown_.size() > 4) shown_.pop_front();
    games_.erase(games_.begin() + static_cast<std::ptrdiff_t>(i));
    return;
  }
}

}  // namespace keisei::studio
