#include "rl/selfplay/past_selves.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "rl/random.h"
#include "rl/selfplay/past_choice.h"

namespace keisei::rl {

PastSelves::PastSelves(const Options& options) : options_(options) {
  const int count = options.environment.count;
  const auto against_past = static_cast<int>(std::lround(options.opponents.fraction * count));
  // Environment 0 is the featured game: the network of now on both sides.
  first_ = std::max(1, count - against_past);
}

Result<void> PastSelves::add_if_due(std::int64_t update, const Player& player) {
  if (options_.opponents.fraction <= 0 || update % options_.opponents.interval != 0) return {};
  if (!saved_.empty() && saved_.back().update >= update) return {};  // learning from it failed
  return add({update, player.weights()});
}

Result<void> PastSelves::add(Saved saved) {
  auto player = Player::load(options_.network, options_.run.device, saved.weights);
  if (!player) return tl::unexpected(player.error());
  saved_.push_back(std::move(saved));
  players_.push_back(std::move(*player));
  std::vector<std::int64_t> updates;
  for (const Saved& one : saved_) updates.push_back(one.update);
  const auto kept = thin_out(updates, options_.opponents.pool);
  for (std::size_t i = saved_.size(); i-- > 0;) {
    if (std::binary_search(kept.begin(), kept.end(), saved_[i].update)) continue;
    saved_.erase(saved_.begin() + static_cast<std::ptrdiff_t>(i));
    players_.erase(players_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return {};
}

std::optional<PastSelves::Opponent> PastSelves::opponent_of(int environment,
                                                            std::int64_t game_number) const {
  if (environment < first_ || players_.empty()) return std::nullopt;
  Random draw(stream_seed(static_cast<std::uint64_t>(options_.run.seed) ^
                              (static_cast<std::uint64_t>(environment) << 32),
                          static_cast<std::uint64_t>(game_number)));
  const auto which = draw.below(static_cast<std::uint32_t>(players_.size()));
  return Opponent{&players_[which], (environment + game_number) % 2 == 0};
}

Result<void> PastSelves::load(std::vector<Saved> saved) {
  saved_.clear();
  players_.clear();
  for (Saved& one : saved) {
    if (Result<void> added = add(std::move(one)); !added) return added;
  }
  return {};
}

}  // namespace keisei::rl
