#include <algorithm>
#include <cstdlib>

#include "shogi/insight/exchange.h"
#include "shogi/insight/fact_kinds.h"
#include "shogi/insight/mate.h"

namespace keisei::shogi {
namespace {

/// In pawns: what is lost with the least piece that counts, which is more than with a pawn.
constexpr int kLoss = 3;
/// More than there are checks in a position.
constexpr std::uint64_t kMateInOneNodes = 200;

/// Whether whoever captures on the square is mated in one. True if nobody can.
bool capture_is_mated(const Position& position, Square square) {
  const MoveList moves = position.legal_moves();
  return std::all_of(moves.begin(), moves.end(), [&](Move move) {
    if (move.is_drop() || move.to() != square) return true;
    Position next = position;
    next.do_move(move);
    return find_mate(next, 1, kMateInOneNodes).found();
  });
}

void add_fate_of_moved(const PlayedMove& played, MoveFacts& facts) {
  const int loss = -played.tactics().exchange;
  const PieceType piece = type_of(played.after().piece_on(played.move().to()));
  if (loss < kLoss || !worth_more_than_pawn(piece)) return;
  const bool baits = capture_is_mated(played.after(), played.move().to());
  if (!baits && played.captured() != PieceType::none) return;  // an exchange that was lost
  MoveFact fact = played.fact(baits ? MoveRule::sacrifice : MoveRule::piece_offered);
  fact.amount = loss;
  facts.push_back(fact);
}

/// What stands to be lost and is worth a word. A pawn is not, even where its captor promotes.
HangingPieces at_stake(const Position& position, Color color) {
  HangingPieces hung = hanging_pieces(position, color);
  const auto is_small = [&](const HangingPiece& piece) {
    return piece.loss < kLoss || !worth_more_than_pawn(type_of(position.piece_on(piece.square)));
  };
  hung.erase(std::remove_if(hung.begin(), hung.end(), is_small), hung.end());
  return hung;
}

/// A check forbids captures for one move only: what it keeps from being taken is not safe.
bool is_safe_now(const PlayedMove& played, Square square) {
  const Bitboard others = played.tactics().checkers - Bitboard(square);
  return others.empty() && capture_gain(played.after(), square) <= 0;
}

void add_saved(const PlayedMove& played, const HangingPieces& hung, MoveFacts& facts) {
  if (played.move().is_drop()) return;
  for (const auto& [square, loss] : hung) {
    if (square != played.move().from()) continue;
    if (!is_safe_now(played, played.move().to())) return;
    facts.push_back(played.fact(MoveRule::piece_saved));
    facts.back().amount = loss;
    return;
  }
}

bool newly_guards(const PlayedMove& played, Square square) {
  const Move move = played.move();
  if (!played.after().attackers(played.us(), square).contains(move.to())) return false;
  return move.is_drop() || !played.before().attackers(played.us(), square).contains(move.from());
}

void add_defended(const PlayedMove& played, const HangingPieces& hung, MoveFacts& facts) {
  const Move move = played.move();
  for (const auto& [square, loss] : hung) {
    if (!move.is_drop() && square == move.from()) continue;
    if (!newly_guards(played, square) || !is_safe_now(played, square)) continue;
    facts.push_back(played.fact(MoveRule::piece_defended));
    facts.back().targets.push_back(played.target(square));
    facts.back().amount = loss;
    return;
  }
}

void add_left(const PlayedMove& played, MoveFacts& facts) {
  for (const auto& [square, loss] : at_stake(played.after(), played.us())) {
    if (square == played.move().to()) continue;
    facts.push_back(played.fact(MoveRule::piece_left, square));
    facts.back().amount = loss;
    return;
  }
}

}  // namespace

void add_capture_facts(const PlayedMove& played, MoveFacts& facts) {
  if (played.captured() == PieceType::none) return;
  const Square to = played.move().to();
  const int gain = played.tactics().exchange;
  const bool undefended = played.after().attackers(played.them(), to).empty();
  MoveFact fact = played.fact(undefended  ? MoveRule::undefended_taken
                              : gain > 0  ? MoveRule::exchange_won
                              : gain == 0 ? MoveRule::exchange_even
                                          : MoveRule::exchange_lost);
  fact.targets.push_back({played.captured(), to});
  fact.amount = std::abs(gain);
  facts.push_back(fact);
}

void add_loss_facts(const PlayedMove& played, MoveFacts& facts) {
  add_fate_of_moved(played, facts);
  const HangingPieces hung = at_stake(played.before(), played.us());
  add_saved(played, hung, facts);
  add_defended(played, hung, facts);
  add_left(played, facts);
}

void add_promotion_facts(const PlayedMove& played, MoveFacts& facts) {
  const Move move = played.move();
  if (move.is_promotion()) {
    facts.push_back(played.fact(MoveRule::promotion));
  } else if (!move.is_drop() && can_promote(played.piece()) &&
             (in_promotion_zone(played.us(), move.from()) ||
              in_promotion_zone(played.us(), move.to()))) {
    facts.push_back(played.fact(MoveRule::promotion_declined));
  }
}

}  // namespace keisei::shogi
