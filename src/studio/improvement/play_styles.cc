#include "studio/improvement/play_styles.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "studio/milestones/firsts.h"
#include "studio/milestones/played_game.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;

constexpr KeyFamily<Trait, Leaning> kPhrase("improvement.style.phrase.*.*");
constexpr KeyFamily<Trait> kFigures("improvement.style.figures.*");
constexpr KeyFamily<Level> kSentence("improvement.style.sentence.*");
constexpr KeyFamily kBetween("improvement.style.between");

constexpr int kLeastPlies = 30;
constexpr int kCastlePly = 60;

struct Moments {
  double count = 0, sum = 0, squares = 0;

  void add(double value) {
    ++count;
    sum += value;
    squares += value * value;
  }
  double mean() const { return sum / count; }
  double variance() const { return std::max(0.0, squares / count - mean() * mean()); }
};

double castled_share(const shogi::Position& position, const shogi::Castles& castles) {
  double standing = 0;
  for (const shogi::Color color : {shogi::Color::black, shogi::Color::white}) {
    const auto best = castles.best(position, color);
    if (best && best->complete() && best->parts >= static_cast<int>(kCastleParts)) standing += 0.5;
  }
  return standing;
}

std::string shown(Trait trait, double value) {
  if (trait == Trait::castles) return percent(value);
  return fmt::format("{:.{}f}", value, trait == Trait::first_check ? 0 : 1);
}

}  // namespace

std::optional<Traits> traits_of(const protocol::GameFinished& finished,
                                const shogi::Castles& castles) {
  const auto game = read_game(finished);
  if (!game || game->moves.size() < kLeastPlies) return std::nullopt;
  Traits traits{};
  const auto at = [&](Trait trait) -> double& { return traits[static_cast<std::size_t>(trait)]; };
  shogi::Position position = game->start;
  int ply = 0;
  for (const shogi::Move move : game->moves) {
    if (move.is_drop()) {
      ++at(Trait::drops);
    } else if (position.piece_on(move.to()) != shogi::Piece::none) {
      ++at(Trait::captures);
    }
    if (move.is_promotion()) ++at(Trait::promotions);
    position.do_move(move);
    ++ply;
    if (position.in_check()) {
      if (at(Trait::checks) == 0) at(Trait::first_check) = ply;
      ++at(Trait::checks);
    }
    if (ply == kCastlePly) at(Trait::castles) = castled_share(position, castles);
  }
  if (at(Trait::checks) == 0) at(Trait::first_check) = ply;
  if (ply < kCastlePly) at(Trait::castles) = castled_share(position, castles);
  for (const Trait rate : {Trait::captures, Trait::drops, Trait::checks, Trait::promotions}) {
    at(rate) *= 100.0 / ply;
  }
  return traits;
}

void PlayStyles::add(std::int64_t update, const Traits& traits) {
  Game& game = games_.emplace_back(Game{update, {}});
  std::transform(traits.begin(), traits.end(), game.traits.begin(),
                 [](double value) { return static_cast<float>(value); });
  if (games_.size() > kMost) games_.pop_front();
}

PlayStyles::Found PlayStyles::around(std::int64_t update) const {
  const auto distance = [&](const Game& game) {
    return std::abs(static_cast<double>(game.update) - static_cast<double>(update));
  };
  const double most =
      std::max(static_cast<double>(kNear), kNearShare * static_cast<double>(update));
  std::vector<const Game*> near, others;
  for (const Game& game : games_) (distance(game) <= most ? near : others).push_back(&game);
  std::stable_sort(near.begin(), near.end(), [&](const Game* one, const Game* other) {
    return distance(*one) < distance(*other);
  });
  for (; near.size() > kAround; near.pop_back()) others.push_back(near.back());
  Found found{static_cast<int>(near.size()), {}};
  if (near.size() < kLeast || others.size() < kLeastOthers) return found;
  std::vector<std::pair<double, Outstanding>> all;
  for (const Trait trait : enumerators<Trait>()) {
    const auto place = static_cast<std::size_t>(trait);
    Moments here, rest;
    for (const Game* game : near) here.add(static_cast<double>(game->traits[place]));
    for (const Game* game : others) rest.add(static_cast<double>(game->traits[place]));
    // Of few games the spread is little known: that of the others counts for both.
    const double error = std::sqrt(rest.variance() * (1 / here.count + 1 / rest.count));
    const double difference = here.mean() - rest.mean();
    if (error <= 0 || std::abs(difference) < kErrors * error) continue;
    all.push_back(
        {std::abs(difference) / error,
         {trait, difference > 0 ? Leaning::more : Leaning::less, here.mean(), rest.mean()}});
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const auto& one, const auto& other) { return one.first > other.first; });
  for (const auto& [errors, one] : all) {
    if (found.outstanding.size() < kMostTraits) found.outstanding.push_back(one);
  }
  return found;
}

std::string PlayStyles::words(const Found& found, const Content& content, Level level,
                              Language language) {
  if (found.outstanding.empty()) return "";
  std::string phrases, figures;
  const std::string between = content.text(language, kBetween());
  for (const Outstanding& one : found.outstanding) {
    phrases +=
        (phrases.empty() ? "" : between) + content.text(language, kPhrase(one.trait, one.leaning));
    figures +=
        (figures.empty() ? "" : between) + content.text(language, kFigures(one.trait),
                                                        {{"here", shown(one.trait, one.here)},
                                                         {"others", shown(one.trait, one.others)}});
  }
  return content.text(
      language, kSentence(level),
      {{"list", phrases}, {"figures", figures}, {"games", std::to_string(found.games)}});
}

Keys PlayStyles::keys() {
  return kPhrase.keys() + kFigures.keys() + kSentence.keys() + kBetween.keys();
}

}  // namespace keisei::studio
