#pragma once

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shogi/insight/castles.h"
#include "shogi/insight/material.h"
#include "shogi/insight/move_fact.h"
#include "shogi/insight/openings.h"
#include "shogi/insight/plain_board.h"

namespace keisei::shogi::testing {

/// For tests: whether what is said of a move is so, by slow code of its own. Attacks and exchanges
/// are those of a plain board, mates are found by trying every legal move.
class FactJudge {
 public:
  /// `moves_before`: from `start` to `before`.
  FactJudge(const Position& before, Move move, const Position& start,
            std::vector<Move> moves_before, const Castles& castles, const Openings& openings)
      : before_(before),
        after_(next(before, move)),
        move_(move),
        start_(start),
        earlier_(std::move(moves_before)),
        castles_(castles),
        openings_(openings),
        was_(before_),
        is_(after_) {}

  /// Whether the side to move ends the game with some move.
  static bool has_mate_in_1(const Position& position) {
    const MoveList moves = position.legal_moves();
    return std::any_of(moves.begin(), moves.end(),
                       [&](Move move) { return is_mate(next(position, move)); });
  }
  static bool is_mate(const Position& position) {
    return !PlainBoard(position).checkers(position.side_to_move()).empty() &&
           position.legal_moves().empty();
  }

  bool holds(const MoveFact& fact) const {
    if (fact.side != us() && fact.rule != MoveRule::opening) return false;
    if (fact.piece != type_of(is_.on(fact.square))) return false;
    switch (fact.rule) {
      case MoveRule::mate:
        return is_mate(after_);
      case MoveRule::mate_in_3_found:
        return !is_mate(after_) && forces_mate(after_);
      case MoveRule::mate_in_1_missed:
        return mates(before_, fact.move, 1) && !is_mate(after_);
      case MoveRule::mate_in_3_missed:
        return mates(before_, fact.move, 3) && !forces_mate(after_);
      case MoveRule::mate_in_1_threatened:
        return quiet() && mates(passed(after_), fact.move, 1);
      case MoveRule::mate_in_3_threatened:
        return quiet() && mates(passed(after_), fact.move, 3);
      case MoveRule::mate_in_1_prevented:
        return quiet() && mates(passed(before_), fact.move, 1) && has_no_mate(after_);
      case MoveRule::mate_in_3_prevented:
        return quiet() && mates(passed(before_), fact.move, 3) && has_no_mate(after_);
      case MoveRule::mate_in_1_allowed:
        return mates(after_, fact.move, 1);
      case MoveRule::mate_in_3_allowed:
        return mates(after_, fact.move, 3);
      case MoveRule::undefended_taken:
        return takes(fact) && is_.attackers(~us(), to()).empty() && exchange() == fact.amount;
      case MoveRule::exchange_won:
        return takes(fact) && exchange() == fact.amount && fact.amount > 0;
      case MoveRule::exchange_even:
        return takes(fact) && exchange() == 0 && fact.amount == 0;
      case MoveRule::exchange_lost:
        return takes(fact) && exchange() == -fact.amount && fact.amount > 0;
      case MoveRule::sacrifice:
        return exchange() == -fact.amount && fact.amount >= 3 && taking_is_mated();
      case MoveRule::piece_offered:
        return exchange() == -fact.amount && fact.amount >= 3 && !captures();
      case MoveRule::piece_saved:
        return !move_.is_drop() && was_.best_capture(move_.from()) == fact.amount &&
               fact.amount >= 3 && is_.best_capture(to()) == 0;
      case MoveRule::piece_defended:
        return defends(fact);
      case MoveRule::piece_left:
        return fact.square != to() && is_.is(fact.square, us()) && fact.amount >= 3 &&
               is_.best_capture(fact.square) == fact.amount;
      case MoveRule::promotion:
        return is_promoted(fact.piece) && !is_promoted(type_of(was_.on(move_.from())));
      case MoveRule::promotion_declined:
        return !move_.is_promotion() &&
               before_.legal_moves().contains(Move::board(move_.from(), to(), true));
      case MoveRule::check:
        return checkers() == std::vector{to()} && fact.square == to();
      case MoveRule::discovered_check:
        return checkers() == std::vector{fact.square} && fact.square != to();
      case MoveRule::double_check:
        return checkers().size() == 2;
      case MoveRule::blocking_drop:
        return move_.is_drop() && !was_.checkers(us()).empty() && is_.checkers(us()).empty();
      case MoveRule::fork_with_check:
        return fact.targets.size() >= 2 && fact.targets[0].piece == PieceType::king &&
               threatens_all(fact) && !is_.can_be_taken_without_loss(to());
      case MoveRule::fork:
        return fact.targets.size() >= 2 && fact.targets[0].piece != PieceType::king &&
               threatens_all(fact) && !is_.can_be_taken_without_loss(to());
      case MoveRule::pin:
        return pins(fact) && !is_.can_be_taken_without_loss(fact.square);
      case MoveRule::skewer:
        return skewers(fact) && !is_.can_be_taken_without_loss(to());
      case MoveRule::attack:
        return fact.targets.size() == 1 && threatens_all(fact) &&
               !is_.can_be_taken_without_loss(to());
      case MoveRule::king_attacked:
        return quiet() && bears_on_king(to()) && pieces_at_king() == fact.amount &&
               fact.amount >= 2;
      case MoveRule::castle_completed:
        return stands(fact, us(), after_) && fact.amount == fact.of &&
               standing(fact.name, us(), before_) < fact.of;
      case MoveRule::castle_grows:
        return stands(fact, us(), after_) && fact.amount < fact.of &&
               standing(fact.name, us(), before_) < fact.amount;
      case MoveRule::castle_left:
        return stands(fact, us(), after_) && fact.amount < fact.of && leaves(fact) &&
               standing(fact.name, us(), before_) == fact.of;
      case MoveRule::castle_broken:
        return stands(fact, ~us(), after_) && fact.amount < fact.of && takes(fact) &&
               standing(fact.name, ~us(), before_) == fact.of;
      case MoveRule::opening:
        return is_new(fact.name, [&](const OpeningReading& reading) {
          return reading.player[index(fact.side)];
        });
      case MoveRule::game_opening:
        return is_new(fact.name, [](const OpeningReading& reading) { return reading.game; });
      case MoveRule::king_enters:
        return fact.piece == PieceType::king && to().rank_from(us()) < 3 &&
               move_.from().rank_from(us()) >= 3;
      case MoveRule::repetition:
        return fact.amount >= 2 && occurrences() == fact.amount;
    }
    return false;
  }

 private:
  static Position next(const Position& position, Move move) {
    Position after = position;
    after.do_move(move);
    return after;
  }
  static Position passed(const Position& position) {
    Position other = position;
    other.set_side_to_move(~position.side_to_move());
    return other;
  }
  /// Whether the side to move is in check and mated by the next move, whatever it answers.
  static bool forces_mate(const Position& position) {
    if (PlainBoard(position).checkers(position.side_to_move()).empty()) return false;
    const MoveList moves = position.legal_moves();
    return std::all_of(moves.begin(), moves.end(),
                       [&](Move move) { return has_mate_in_1(next(position, move)); });
  }
  /// In that many plies, and no fewer.
  static bool mates(const Position& position, Move move, int plies) {
    if (!position.legal_moves().contains(move)) return false;
    const Position after = next(position, move);
    if (plies == 1) return is_mate(after);
    return !has_mate_in_1(position) && forces_mate(after);
  }
  static bool has_no_mate(const Position& position) {
    const MoveList moves = position.legal_moves();
    return std::none_of(moves.begin(), moves.end(),
                        [&](Move move) { return forces_mate(next(position, move)); });
  }

  Color us() const { return before_.side_to_move(); }
  Square to() const { return move_.to(); }
  bool captures() const { return was_.on(to()) != Piece::none; }
  std::vector<Square> checkers() const { return is_.checkers(~us()); }
  bool quiet() const { return checkers().empty(); }

  int exchange() const {
    int gain = captures() ? capture_swing(type_of(was_.on(to()))) : 0;
    if (move_.is_promotion()) {
      gain += value_of(type_of(is_.on(to()))) - value_of(type_of(was_.on(move_.from())));
    }
    return gain - is_.best_capture(to());
  }
  bool takes(const MoveFact& fact) const {
    return captures() && fact.targets.size() == 1 && fact.targets[0].square == to() &&
           fact.targets[0].piece == type_of(was_.on(to()));
  }
  bool leaves(const MoveFact& fact) const {
    return !move_.is_drop() && fact.targets.size() == 1 && fact.targets[0].square == move_.from() &&
           fact.targets[0].piece == type_of(was_.on(move_.from()));
  }
  bool taking_is_mated() const {
    int takers = 0;
    for (const Move answer : after_.legal_moves()) {
      if (answer.is_drop() || answer.to() != to()) continue;
      ++takers;
      if (!has_mate_in_1(next(after_, answer))) return false;
    }
    return takers > 0;
  }
  bool defends(const MoveFact& fact) const {
    const Square target = fact.targets.at(0).square;
    return is_.is(target, us()) && fact.targets[0].piece == type_of(is_.on(target)) &&
           was_.best_capture(target) == fact.amount && fact.amount >= 3 &&
           is_.best_capture(target) == 0 && is_.reaches(to(), target) &&
           (move_.is_drop() || !was_.reaches(move_.from(), target));
  }
  bool threatens_all(const MoveFact& fact) const {
    return std::all_of(fact.targets.begin(), fact.targets.end(), [&](const auto& target) {
      const PieceType type = type_of(is_.on(target.square));
      if (type != target.piece || !is_.is(target.square, ~us())) return false;
      if (!is_.reaches(to(), target.square)) return false;
      if (type == PieceType::king) return true;
      return value_of(type) > 1 && is_.capture(to(), target.square).value_or(0) > 0;
    });
  }
  bool pins(const MoveFact& fact) const {
    const Square pinned = fact.targets.at(0).square;
    for (const Square king : is_.kings(~us())) {
      return is_.is(pinned, ~us()) && value_of(type_of(is_.on(pinned))) > 1 &&
             !is_.reaches(fact.square, king) && is_.without(pinned).reaches(fact.square, king);
    }
    return false;
  }
  bool skewers(const MoveFact& fact) const {
    const auto& front = fact.targets.at(0);
    const auto& behind = fact.targets.at(1);
    return is_.is(front.square, ~us()) && is_.is(behind.square, ~us()) &&
           is_.reaches(to(), front.square) && !is_.reaches(to(), behind.square) &&
           is_.without(front.square).reaches(to(), behind.square) &&
           (front.piece == PieceType::king || value_of(front.piece) > value_of(behind.piece)) &&
           value_of(behind.piece) > 1;
  }
  /// Looking through the king, which could step back on the line.
  bool bears_on_king(Square from) const {
    for (const Square king : is_.kings(~us())) {
      const PlainBoard board = is_.without(king);
      for (int i = 0; i < 81; ++i) {
        const Square near(i);
        if (std::abs(near.file() - king.file()) <= 1 && std::abs(near.rank() - king.rank()) <= 1 &&
            near != from && board.reaches(from, near)) {
          return true;
        }
      }
    }
    return false;
  }
  int pieces_at_king() const {
    int count = 0;
    for (int i = 0; i < 81; ++i) {
      if (is_.is(Square(i), us()) && bears_on_king(Square(i))) ++count;
    }
    return count;
  }
  int standing(std::string_view id, Color color, const Position& position) const {
    int count = 0;
    for (const Castle& castle : castles_.all()) {
      if (castle.id != id) continue;
      for (const Castle::Part& part : castle.parts) {
        bool there = false;
        part.squares[index(color)].for_each([&](Square square) {
          there |= position.piece_on(square) == make_piece(color, part.piece);
        });
        count += there ? 1 : 0;
      }
    }
    return count;
  }
  bool stands(const MoveFact& fact, Color color, const Position& position) const {
    return standing(fact.name, color, position) == fact.amount;
  }
  template <class Part>
  bool is_new(std::string_view id, Part part) const {
    Game game(start_);
    for (const Move move : earlier_) game.play(move);
    const auto has = [&] {
      const auto ids = part(openings_.read(game));
      return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    const bool had = has();
    game.play(move_);
    return !had && has();
  }
  /// Of the position after the move.
  int occurrences() const {
    const auto without_ply = [](const Position& position) {
      const std::string sfen = position.sfen();
      return sfen.substr(0, sfen.rfind(' '));
    };
    Position position = start_;
    int count = 1;
    for (const Move move : earlier_) {
      count += without_ply(position) == without_ply(after_) ? 1 : 0;
      position.do_move(move);
    }
    return count + (without_ply(position) == without_ply(after_) ? 1 : 0);
  }

  Position before_;
  Position after_;
  Move move_;
  Position start_;
  std::vector<Move> earlier_;
  const Castles& castles_;
  const Openings& openings_;
  PlainBoard was_;
  PlainBoard is_;
};

}  // namespace keisei::shogi::testing
