#include <algorithm>
#include <string_view>
#include <vector>

#include "shogi/insight/fact_kinds.h"

namespace keisei::shogi {
namespace {

/// Where a castle begins to be recognisable.
constexpr double kHalf = 0.5;

using Progresses = std::vector<CastleProgress>;

/// Of the castles that have to be built: what stands at the start anyway is nobody's deed.
Progresses built(const Castles& castles, const Position& position, Color color) {
  Progresses all = castles.progress(position, color);
  std::size_t i = 0;
  std::erase_if(
      all, [&](const CastleProgress& castle) { return castles.all()[i++].given == castle.parts; });
  return all;
}

const CastleProgress* complete_one(const Progresses& castles) {
  const CastleProgress* best = nullptr;
  for (const CastleProgress& castle : castles) {
    if (castle.complete() && (best == nullptr || castle.parts > best->parts)) best = &castle;
  }
  return best;
}

const CastleProgress* furthest(const Progresses& castles) {
  const CastleProgress* best = nullptr;
  for (const CastleProgress& castle : castles) {
    if (castle.fraction < kHalf) continue;
    if (best == nullptr || castle.fraction > best->fraction) best = &castle;
  }
  return best;
}

const CastleProgress& same(const Progresses& castles, std::string_view id) {
  return *std::find_if(castles.begin(), castles.end(),
                       [&](const CastleProgress& castle) { return castle.id == id; });
}

void add(const PlayedMove& played, MoveRule rule, const CastleProgress& castle, MoveFacts& facts) {
  MoveFact fact = played.fact(rule);
  fact.name = castle.id;
  fact.amount = castle.standing;
  fact.of = castle.parts;
  facts.push_back(fact);
}

void add_own_castle(const PlayedMove& played, const Castles& castles, MoveFacts& facts) {
  const Progresses before = built(castles, played.before(), played.us());
  const Progresses after = built(castles, played.after(), played.us());
  const CastleProgress* had = complete_one(before);
  const CastleProgress* has = complete_one(after);
  if (has != nullptr && !same(before, has->id).complete() &&
      (had == nullptr || has->parts >= had->parts)) {
    add(played, MoveRule::castle_completed, *has, facts);
  } else if (had != nullptr && !same(after, had->id).complete() &&
             (has == nullptr || has->parts < had->parts)) {
    add(played, MoveRule::castle_left, same(after, had->id), facts);
    facts.back().targets.push_back({played.piece(), played.move().from()});
  } else if (has == nullptr) {
    const CastleProgress* growing = furthest(after);
    if (growing != nullptr && growing->standing > same(before, growing->id).standing) {
      add(played, MoveRule::castle_grows, *growing, facts);
    }
  }
}

void add_enemy_castle(const PlayedMove& played, const Castles& castles, MoveFacts& facts) {
  if (played.captured() == PieceType::none) return;
  const Progresses before = built(castles, played.before(), played.them());
  const CastleProgress* had = complete_one(before);
  if (had == nullptr) return;
  const Progresses after = built(castles, played.after(), played.them());
  const CastleProgress& now = same(after, had->id);
  if (now.complete()) return;
  add(played, MoveRule::castle_broken, now, facts);
  facts.back().targets.push_back({played.captured(), played.move().to()});
}

void add_fresh(const PlayedMove& played, MoveRule rule, Color side,
               const std::vector<std::string_view>& before,
               const std::vector<std::string_view>& after, MoveFacts& facts) {
  if (find_fact(facts, rule) != nullptr) return;
  for (const std::string_view id : after) {
    if (std::find(before.begin(), before.end(), id) != before.end()) continue;
    MoveFact fact = played.fact(rule);
    fact.side = side;
    fact.name = id;
    facts.push_back(fact);
    return;
  }
}

}  // namespace

void add_castle_facts(const PlayedMove& played, const Castles& castles, MoveFacts& facts) {
  add_own_castle(played, castles, facts);
  add_enemy_castle(played, castles, facts);
}

void add_opening_facts(const PlayedMove& played, const GameSoFar& game, const Openings& openings,
                       MoveFacts& facts) {
  if (static_cast<int>(game.moves.size()) >= openings.plies()) return;
  OpeningTracker tracker(openings, game.start);
  for (const Move move : game.moves) tracker.play(move);
  const OpeningReading before = tracker.reading();
  tracker.play(played.move());
  const OpeningReading after = tracker.reading();
  for (const Color side : {played.us(), played.them()}) {
    add_fresh(played, MoveRule::opening, side, before.player[index(side)],
              after.player[index(side)], facts);
  }
  add_fresh(played, MoveRule::game_opening, played.us(), before.game, after.game, facts);
}

}  // namespace keisei::shogi
