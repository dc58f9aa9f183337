#include "shogi/insight/tactics.h"

#include <algorithm>
#include <optional>

#include "shogi/attacks.h"
#include "shogi/insight/checks.h"
#include "shogi/insight/exchange.h"
#include "shogi/insight/material.h"

namespace keisei::shogi {
namespace {

bool threatens(const Position& position, Square from, Square target) {
  if (type_of(position.piece_on(target)) == PieceType::king) return true;
  return capture_value(position, from, target).value_or(0) > 0;
}

Bitboard attacked_from(const Position& position, Square square) {
  return attacks(position.piece_on(square), square, position.occupied());
}

bool is_worth_forking(PieceType type) {
  return type == PieceType::king || worth_more_than_pawn(type);
}

std::optional<Fork> fork_by(const Position& position, Square square) {
  Bitboard targets;
  threatened_by(position, square).for_each([&](Square target) {
    if (is_worth_forking(type_of(position.piece_on(target)))) targets |= Bitboard(target);
  });
  if (!targets.has_many() || capturable_without_loss(position, square)) return std::nullopt;
  return Fork{square, targets};
}

/// `after` is the position that the move leads to.
DiscoveredAttacks uncovered(const Position& before, const Position& after, Move move) {
  DiscoveredAttacks found;
  if (move.is_drop()) return found;
  const Color us = before.side_to_move();
  const auto from = move.from().index();
  const Bitboard lines = kAttacks.rook_lines[from] | kAttacks.bishop_lines[from];
  (lines & (after.pieces(us) - Bitboard(move.to()))).for_each([&](Square slider) {
    const Bitboard fresh = attacked_from(after, slider) - attacked_from(before, slider);
    (fresh & after.pieces(~us)).for_each([&](Square target) {
      if (threatens(after, slider, target)) found.push_back({slider, target});
    });
  });
  return found;
}

}  // namespace

Bitboard threatened_by(const Position& position, Square square) {
  Bitboard threatened;
  const Color enemy = ~color_of(position.piece_on(square));
  (attacked_from(position, square) & position.pieces(enemy)).for_each([&](Square target) {
    if (threatens(position, square, target)) threatened |= Bitboard(target);
  });
  return threatened;
}

bool capturable_without_loss(const Position& position, Square square) {
  if (type_of(position.piece_on(square)) == PieceType::king) return false;
  bool found = false;
  position.attackers(~color_of(position.piece_on(square)), square).for_each([&](Square from) {
    found |= capture_value(position, from, square).value_or(-1) >= 0;
  });
  return found;
}

Forks forks(const Position& position, Color color) {
  Forks found;
  position.pieces(color).for_each([&](Square square) {
    if (const auto fork = fork_by(position, square)) found.push_back(*fork);
  });
  return found;
}

DiscoveredAttacks discovered_attacks(const Position& position, Move move) {
  Position after = position;
  after.do_move(move);
  return uncovered(position, after, move);
}

MoveTactics tactics_of(const Position& position, Move move) {
  const Color us = position.side_to_move();
  Position after = position;
  after.do_move(move);

  MoveTactics tactics;
  tactics.checkers = checkers_after(position, move);
  tactics.discovered_check = !(tactics.checkers - Bitboard(move.to())).empty();
  if (const auto fork = fork_by(after, move.to())) tactics.forked = fork->targets;
  tactics.discovered = uncovered(position, after, move);
  const Pins old_pins = pins(position, ~us);
  for (const Pin& pin : pins(after, ~us)) {
    if (std::find(old_pins.begin(), old_pins.end(), pin) == old_pins.end()) {
      tactics.pinned.push_back(pin);
    }
  }
  tactics.exchange = exchange_value(position, move);
  return tactics;
}

}  // namespace keisei::shogi
