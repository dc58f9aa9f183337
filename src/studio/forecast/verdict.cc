#include "studio/forecast/verdict.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>

#include "shogi/insight/king_safety.h"
#include "shogi/insight/mate.h"
#include "shogi/insight/material.h"

namespace keisei::studio {
namespace {

using shogi::Color;
using shogi::PieceType;
using shogi::Position;

constexpr std::size_t kMostAnswers = 3;
constexpr int kAttackersWithoutEscape = 2;
constexpr int kAttackers = 3;
constexpr int kMoreAttackers = 2;
constexpr int kPawnsBehind = 2;  // one that has changed sides
constexpr int kTradeGain = 2;    // in pawns, of one piece for the other

// The most valuable first.
constexpr std::array kKinds = {PieceType::rook,   PieceType::bishop, PieceType::gold,
                               PieceType::silver, PieceType::knight, PieceType::lance};

Lean lean_of(long points) {
  if (points <= Verdict::kEvenUpTo) return Lean::even;
  if (points <= Verdict::kSlightUpTo) return Lean::slight;
  return points <= Verdict::kClearUpTo ? Lean::clear : Lean::heavy;
}

/// On the board, promoted ones included, and in hand.
int count_of(const Position& position, Color color, PieceType type) {
  int count = position.hand_count(color, type);
  (position.pieces(color)).for_each([&](shogi::Square square) {
    if (shogi::unpromoted(type_of(position.piece_on(square))) == type) ++count;
  });
  return count;
}

int surplus(const Position& position, Color side, PieceType type) {
  return count_of(position, side, type) - count_of(position, ~side, type);
}

void find_check(const Position& position, Verdict& verdict) {
  if (position.side_to_move() == verdict.side || !position.in_check()) return;
  const std::size_t answers = position.count_legal_moves();
  if (answers > kMostAnswers) return;
  verdict.cause = answers == 1 ? VerdictCause::only_answer : VerdictCause::few_answers;
  verdict.count = static_cast<int>(answers);
}

void find_mate(const Position& position, Verdict& verdict) {
  if (position.side_to_move() == verdict.side) {
    if (shogi::mate_in_one(position)) verdict.cause = VerdictCause::mate;
  } else if (!position.in_check() && shogi::find_mate_threat(position, 1).found()) {
    verdict.cause = VerdictCause::mate_threat;
  }
}

void find_no_escape(const Position& position, Verdict& verdict) {
  if (!position.has_king(~verdict.side)) return;
  const shogi::KingSafety king = shogi::king_safety(position, ~verdict.side);
  if (!king.escapes.empty() || king.attackers.count() < kAttackersWithoutEscape) return;
  verdict.cause = VerdictCause::no_escape;
  verdict.count = king.attackers.count();
}

// A piece that has changed sides is one more here and one less there: a surplus of two.
void find_pieces(const Position& position, Verdict& verdict) {
  PieceType more = PieceType::none;
  PieceType less = PieceType::none;
  for (const PieceType type : kKinds) {
    const int ahead = surplus(position, verdict.side, type);
    if (ahead == 0) continue;
    PieceType& of = ahead > 0 ? more : less;
    if (std::abs(ahead) != 2 || of != PieceType::none) return;
    of = type;
  }
  if (more == PieceType::none) return;
  if (surplus(position, verdict.side, PieceType::pawn) < -kPawnsBehind) return;
  const bool is_trade = less != PieceType::none;
  if (is_trade && shogi::value_of(more) < shogi::value_of(less) + kTradeGain) return;
  verdict.cause = is_trade ? VerdictCause::trade : VerdictCause::piece;
  verdict.piece = more;
  verdict.given = less;
}

void find_material(const Position& position, Verdict& verdict) {
  const int ahead = shogi::material_balance(position, verdict.side);
  if (ahead < Verdict::kLead) return;
  verdict.cause = VerdictCause::material;
  verdict.count = ahead;
}

void find_king_attack(const Position& position, Verdict& verdict) {
  if (!position.has_king(Color::black) || !position.has_king(Color::white)) return;
  const int there = shogi::king_safety(position, ~verdict.side).attackers.count();
  const int here = shogi::king_safety(position, verdict.side).attackers.count();
  if (there < kAttackers || there < here + kMoreAttackers) return;
  verdict.cause = VerdictCause::king_attack;
  verdict.count = there;
}

}  // namespace

Verdict verdict_of(const Position& position, double black_score) {
  const long points = std::lround(black_score * 100);
  Verdict verdict{.lean = lean_of(std::max(points, 100 - points)),
                  .side = points >= 50 ? Color::black : Color::white};
  if (verdict.lean == Lean::even) return verdict;
  for (const auto find :
       {find_check, find_mate, find_no_escape, find_pieces, find_material, find_king_attack}) {
    find(position, verdict);
    if (verdict.cause) break;
  }
  return verdict;
}

}  // namespace keisei::studio
