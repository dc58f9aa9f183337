#include "rl/evaluation/skill_rules.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "rl/evaluation/move_worth.h"
#include "shogi/insight/checks.h"
#include "shogi/insight/exchange.h"
#include "shogi/insight/mate.h"

namespace keisei::rl {
namespace {

using shogi::Color;
using shogi::Move;
using shogi::MoveList;
using shogi::PieceType;
using shogi::Position;
using shogi::Square;

constexpr int kAbsurdOffer = 3;  // pawns: a lance
constexpr std::uint64_t kMateNodes = 20'000;

Position after(const Position& position, Move move) {
  Position result = position;
  result.do_move(move);
  return result;
}

bool mates(const Position& position, Move move) {
  const Position next = after(position, move);
  return next.in_check() && next.legal_moves().empty();
}

bool mates_in_three(const Position& position, Move move) {
  if (shogi::checkers_after(position, move).empty()) return false;
  const Position next = after(position, move);
  const MoveList answers = next.legal_moves();
  return std::all_of(answers.begin(), answers.end(), [&](Move answer) {
    return shogi::mate_in_one(after(next, answer)).has_value();
  });
}

bool is_worth_taking(PieceType type) {
  return type >= PieceType::silver && type != PieceType::king && type != PieceType::pro_pawn;
}

bool takes_hanging(const Position& position, Move move) {
  if (move.is_drop()) return false;
  const shogi::Piece taken = position.piece_on(move.to());
  if (taken == shogi::Piece::none || !is_worth_taking(type_of(taken))) return false;
  const Position next = after(position, move);
  return next.attackers(next.side_to_move(), move.to()).empty();
}

bool is_rook(PieceType type) { return type == PieceType::rook || type == PieceType::dragon; }

bool loses_rook(const Position& position) {
  const auto legal = position.legal_moves();
  return std::any_of(legal.begin(), legal.end(), [&](Move move) {
    return !move.is_drop() && is_rook(type_of(position.piece_on(move.to())));
  });
}

bool rook_is_attacked(const Position& position) {
  const Color mover = position.side_to_move();
  bool attacked = false;
  (position.pieces(mover, PieceType::rook) | position.pieces(mover, PieceType::dragon))
      .for_each([&](Square square) {
        attacked = attacked || !position.attackers(~mover, square).empty();
      });
  return attacked;
}

// Every drop that answers a check is one in between.
bool drops_into_check(const Position& position, Move move) {
  return move.is_drop() && shogi::exchange_value(position, move) < 0;
}

std::vector<bool> sane_moves(const Position& position, const MoveList& legal) {
  std::vector<bool> allows_mate, right;
  for (const Move move : legal) {
    allows_mate.push_back(!mates(position, move) &&
                          shogi::mate_in_one(after(position, move)).has_value());
  }
  const bool avoidable =
      std::find(allows_mate.begin(), allows_mate.end(), false) != allows_mate.end();
  for (std::size_t i = 0; i < legal.size(); ++i) {
    const bool offers =
        shogi::exchange_value(position, legal[i]) <= -kAbsurdOffer && !mates(position, legal[i]);
    right.push_back(!offers && !(avoidable && allows_mate[i]));
  }
  return right;
}

template <class Predicate>
std::vector<bool> filter(const MoveList& legal, Predicate right) {
  std::vector<bool> result;
  for (const Move move : legal) result.push_back(right(move));
  return result;
}

bool has(const std::vector<bool>& moves, bool kind) {
  return std::find(moves.begin(), moves.end(), kind) != moves.end();
}

// Of the moves that do what the skill asks, those that are worth more than every move that does
// not: else whoever looks two plies ahead would rather give a wrong answer.
std::vector<bool> surviving(const Position& position, const MoveList& legal,
                            std::vector<bool> right) {
  if (!has(right, true) || !has(right, false)) return right;
  std::vector<int> worth;
  int best_wrong = -kMateWorth;
  for (std::size_t i = 0; i < legal.size(); ++i) {
    worth.push_back(move_worth(position, legal[i]));
    if (!right[i]) best_wrong = std::max(best_wrong, worth.back());
  }
  for (std::size_t i = 0; i < legal.size(); ++i) right[i] = right[i] && worth[i] > best_wrong;
  return right;
}

}  // namespace

std::string_view skill_name(Skill skill) {
  switch (skill) {
    case Skill::mate_in_one:
      return "mate_in_one";
    case Skill::mate_in_three:
      return "mate_in_three";
    case Skill::take_hanging:
      return "take_hanging";
    case Skill::save_rook:
      return "save_rook";
    case Skill::no_drop_into_check:
      return "no_drop_into_check";
    case Skill::no_absurd_move:
      break;
  }
  return "no_absurd_move";
}

std::vector<bool> right_moves(Skill skill, const Position& position) {
  const MoveList legal = position.legal_moves();
  switch (skill) {
    case Skill::mate_in_one:
      return filter(legal, [&](Move move) { return mates(position, move); });
    case Skill::mate_in_three: {
      const auto search = shogi::find_mate(position, 3, kMateNodes);
      if (!search.found() || search.line.size() != 3) return {};
      return filter(legal, [&](Move move) { return mates_in_three(position, move); });
    }
    case Skill::take_hanging:
      return surviving(position, legal,
                       filter(legal, [&](Move move) { return takes_hanging(position, move); }));
    case Skill::save_rook:
      if (!rook_is_attacked(position)) return {};
      return surviving(position, legal, filter(legal, [&](Move move) {
                         return !loses_rook(after(position, move));
                       }));
    case Skill::no_drop_into_check: {
      if (!position.in_check()) return {};
      auto right = filter(legal, [&](Move move) { return !drops_into_check(position, move); });
      // Without a bad drop there is nothing to avoid.
      if (!has(right, false)) return {};
      return surviving(position, legal, std::move(right));
    }
    case Skill::no_absurd_move:
      break;
  }
  return sane_moves(position, legal);
}

}  // namespace keisei::rl
