#include <algorithm>
#include <optional>

#include "shogi/attacks.h"
#include "shogi/insight/exchange.h"
#include "shogi/insight/fact_kinds.h"
#include "shogi/insight/influence.h"
#include "shogi/insight/king_safety.h"

namespace keisei::shogi {
namespace {

void add_check(const PlayedMove& played, MoveFacts& facts) {
  const MoveTactics& tactics = played.tactics();
  if (!tactics.is_check()) return;
  if (tactics.is_double_check()) {
    facts.push_back(played.fact(MoveRule::double_check));
  } else if (tactics.discovered_check) {
    facts.push_back(played.fact(MoveRule::discovered_check, tactics.checkers.first()));
  } else {
    facts.push_back(played.fact(MoveRule::check));
  }
}

void add_fork(const PlayedMove& played, MoveFacts& facts) {
  const Bitboard forked = played.tactics().forked;
  if (forked.empty()) return;
  MoveFact fact = played.fact(MoveRule::fork);
  forked.for_each([&](Square square) { fact.targets.push_back(played.target(square)); });
  // The king first, then the dearest.
  std::sort(fact.targets.begin(), fact.targets.end(), [](const auto& a, const auto& b) {
    const auto weight = [](PieceType type) {
      return type == PieceType::king ? value_of(PieceType::dragon) + 1 : value_of(type);
    };
    return weight(a.piece) != weight(b.piece) ? weight(a.piece) > weight(b.piece)
                                              : a.square.index() < b.square.index();
  });
  if (fact.targets.front().piece == PieceType::king) fact.rule = MoveRule::fork_with_check;
  facts.push_back(fact);
}

void add_pin(const PlayedMove& played, MoveFacts& facts) {
  for (const Pin& pin : played.tactics().pinned) {
    if (!worth_more_than_pawn(type_of(played.after().piece_on(pin.pinned)))) continue;
    if (capturable_without_loss(played.after(), pin.pinner)) continue;
    facts.push_back(played.fact(MoveRule::pin, pin.pinner));
    facts.back().targets.push_back(played.target(pin.pinned));
    return;
  }
}

/// Whether the piece could take the one on the square with a gain, once what stands between them is
/// gone: it is not guarded then, or is worth more than the piece.
bool would_win(const PlayedMove& played, Square target, Square front) {
  const Position& after = played.after();
  const PieceType behind = type_of(after.piece_on(target));
  const Bitboard without = after.occupied() - Bitboard(front);
  return value_of(behind) > value_of(type_of(after.piece_on(played.move().to()))) ||
         attackers_through(after, played.them(), target, without).empty();
}

/// The enemy piece that the moved one would attack if the one in front were gone.
std::optional<Square> piece_behind(const PlayedMove& played, Square front) {
  const Position& after = played.after();
  const Square to = played.move().to();
  const Bitboard without = after.occupied() - Bitboard(front);
  std::optional<Square> behind;
  (after.pieces(played.them()) - Bitboard(front)).for_each([&](Square square) {
    if (attackers_through(after, played.us(), square, without).contains(to) &&
        !after.attackers(played.us(), square).contains(to)) {
      behind = square;
    }
  });
  return behind;
}

bool is_skewered(const PlayedMove& played, Square front, Square behind) {
  const PieceType first = type_of(played.after().piece_on(front));
  const PieceType second = type_of(played.after().piece_on(behind));
  const bool lesser = first == PieceType::king || value_of(first) > value_of(second);
  return lesser && worth_more_than_pawn(second) && would_win(played, behind, front);
}

void add_skewer(const PlayedMove& played, MoveFacts& facts) {
  const Square to = played.move().to();
  std::optional<MoveFact> skewer;
  threatened_by(played.after(), to).for_each([&](Square front) {
    const auto behind = piece_behind(played, front);
    if (skewer || !behind || !is_skewered(played, front, *behind)) return;
    skewer = played.fact(MoveRule::skewer);
    skewer->targets = {played.target(front), played.target(*behind)};
  });
  if (skewer && !capturable_without_loss(played.after(), to)) facts.push_back(*skewer);
}

bool threatened_before(const PlayedMove& played, Square target) {
  const Move move = played.move();
  return !move.is_drop() && capture_value(played.before(), move.from(), target).value_or(0) > 0;
}

void add_attack(const PlayedMove& played, MoveFacts& facts) {
  const Position& after = played.after();
  const Square to = played.move().to();
  std::optional<Square> dearest;
  const auto value = [&](Square square) { return value_of(type_of(after.piece_on(square))); };
  threatened_by(after, to).for_each([&](Square target) {
    if (!worth_more_than_pawn(type_of(after.piece_on(target))) || threatened_before(played, target))
      return;
    if (!dearest || value(target) > value(*dearest)) dearest = target;
  });
  if (!dearest || capturable_without_loss(after, to)) return;
  facts.push_back(played.fact(MoveRule::attack));
  facts.back().targets.push_back(played.target(*dearest));
}

void add_king_attacked(const PlayedMove& played, MoveFacts& facts) {
  const Position& after = played.after();
  const Move move = played.move();
  if (played.tactics().is_check() || !after.has_king(played.them())) return;
  const Bitboard around = king_steps(after.king_square(played.them()));
  const auto bears = [&](const Position& position, Square from) {
    bool found = false;
    around.for_each(
        [&](Square near) { found |= position.attackers(played.us(), near).contains(from); });
    return found;
  };
  if (!bears(after, move.to()) || (!move.is_drop() && bears(played.before(), move.from()))) return;
  const int attackers = king_safety(after, played.them()).attackers.count();
  if (attackers < 2 || capturable_without_loss(after, move.to())) return;
  facts.push_back(played.fact(MoveRule::king_attacked));
  facts.back().amount = attackers;
}

}  // namespace

void add_attack_facts(const PlayedMove& played, MoveFacts& facts) {
  add_check(played, facts);
  if (played.before().in_check() && played.move().is_drop()) {
    facts.push_back(played.fact(MoveRule::blocking_drop));
  }
  add_fork(played, facts);
  add_pin(played, facts);
  add_skewer(played, facts);
  if (played.tactics().forked.empty()) add_attack(played, facts);
  add_king_attacked(played, facts);
}

}  // namespace keisei::shogi
