#pragma once

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "shogi/insight/fact_judge.h"
#include "shogi/insight/plain_board.h"
#include "studio/forecast/verdict.h"

namespace keisei::studio::testing {

/// For tests: whether what a verdict says is so, found square by square and letter by letter.
class VerdictJudge {
 public:
  VerdictJudge(const shogi::Position& position, shogi::Color side)
      : position_(position), side_(side), board_(position) {
    count_letters();
  }

  bool holds(const Verdict& verdict) const {
    switch (*verdict.cause) {
      case VerdictCause::mate:
        return is_to_move() && shogi::testing::FactJudge::has_mate_in_1(position_);
      case VerdictCause::only_answer:
        return is_checked() && answers() == 1;
      case VerdictCause::few_answers:
        return is_checked() && (answers() == 2 || answers() == 3) && answers() == verdict.count;
      case VerdictCause::mate_threat:
        return !is_to_move() && !is_checked() && threatens_mate();
      case VerdictCause::no_escape:
        return !can_step(~side_) && near(~side_) >= 2 && near(~side_) == verdict.count;
      case VerdictCause::piece:
        return only_surplus_is(verdict.piece, shogi::PieceType::none);
      case VerdictCause::trade:
        return only_surplus_is(verdict.piece, verdict.given) &&
               shogi::value_of(verdict.piece) - shogi::value_of(verdict.given) >= 2;
      case VerdictCause::material:
        return lead() >= Verdict::kLead && lead() == verdict.count;
      case VerdictCause::king_attack:
        return near(~side_) >= 3 && near(~side_) - near(side_) >= 2 &&
               near(~side_) == verdict.count;
    }
    return false;
  }
  /// Whether it is true of the position that one of the sides' mates, checks or leads is there.
  bool has_a_plain_cause() const {
    return (is_to_move() && shogi::testing::FactJudge::has_mate_in_1(position_)) ||
           (is_checked() && answers() <= 3) || lead() >= Verdict::kLead;
  }

 private:
  bool is_to_move() const { return position_.side_to_move() == side_; }
  bool is_checked() const {
    return !is_to_move() && !board_.attackers(side_, position_.king_square(~side_)).empty();
  }
  int answers() const { return static_cast<int>(position_.legal_moves().size()); }
  bool threatens_mate() const {
    shogi::Position passed = position_;
    passed.set_side_to_move(side_);
    return shogi::testing::FactJudge::has_mate_in_1(passed);
  }

  template <class Visit>
  void visit_neighbours(shogi::Square king, Visit visit) const {
    for (int i = 0; i < shogi::Square::kCount; ++i) {
      const shogi::Square square(i);
      const int files = std::abs(square.file() - king.file());
      const int ranks = std::abs(square.rank() - king.rank());
      if (std::max(files, ranks) == 1) visit(square);
    }
  }
  bool can_step(shogi::Color color) const {
    const shogi::Square king = position_.king_square(color);
    bool can = false;
    visit_neighbours(king, [&](shogi::Square square) {
      can |= !board_.is(square, color) && board_.without(king).attackers(~color, square).empty();
    });
    return can;
  }
  /// Pieces of the other side that attack the king or a square beside it.
  int near(shogi::Color color) const {
    const shogi::Square king = position_.king_square(color);
    std::set<std::size_t> pieces;
    const auto add = [&](const shogi::testing::PlainBoard& board, shogi::Square square) {
      for (const shogi::Square from : board.attackers(~color, square)) pieces.insert(from.index());
    };
    add(board_, king);
    visit_neighbours(king, [&](shogi::Square square) { add(board_.without(king), square); });
    return static_cast<int>(pieces.size());
  }

  // "P" is Black's pawn, "p" White's. On the board "+" before it says that it is promoted, in hand
  // a number how many there are.
  void count_letters() {
    std::istringstream fields(position_.sfen());
    std::string placed;
    std::string to_move;
    std::string held;
    fields >> placed >> to_move >> held;
    for (std::size_t i = 0; i < placed.size(); ++i) {
      add(placed[i], 1, i > 0 && placed[i - 1] == '+');
    }
    int number = 0;
    for (const char c : held) {
      if (std::isdigit(static_cast<unsigned char>(c))) {
        number = number * 10 + c - '0';
      } else {
        add(c, std::max(number, 1), false);
        number = 0;
      }
    }
  }
  void add(char letter, int count, bool is_promoted) {
    const auto code = static_cast<unsigned char>(letter);
    if (!std::isalpha(code)) return;
    const bool is_mine = (std::isupper(code) != 0) == (side_ == shogi::Color::black);
    const char kind = static_cast<char>(std::tolower(code));
    surplus_[kind] += is_mine ? count : -count;
    lead_ += (is_mine ? count : -count) * worth(kind, is_promoted);
  }
  static int worth(char kind, bool is_promoted) {
    static const std::map<char, std::pair<int, int>> worths = {
        {'p', {1, 7}}, {'l', {3, 6}},  {'n', {4, 6}},   {'s', {5, 6}},
        {'g', {6, 6}}, {'b', {8, 10}}, {'r', {10, 12}}, {'k', {0, 0}}};
    const auto& [plain, promoted] = worths.at(kind);
    return is_promoted ? promoted : plain;
  }
  int lead() const { return lead_; }
  bool only_surplus_is(shogi::PieceType more, shogi::PieceType less) const {
    static const std::map<char, shogi::PieceType> kinds = {
        {'l', shogi::PieceType::lance},  {'n', shogi::PieceType::knight},
        {'s', shogi::PieceType::silver}, {'g', shogi::PieceType::gold},
        {'b', shogi::PieceType::bishop}, {'r', shogi::PieceType::rook}};
    for (const auto& [letter, type] : kinds) {
      const int expected = type == more ? 2 : type == less ? -2 : 0;
      const auto found = surplus_.find(letter);
      if ((found == surplus_.end() ? 0 : found->second) != expected) return false;
    }
    const auto pawns = surplus_.find('p');
    return pawns == surplus_.end() || pawns->second >= -2;
  }

  const shogi::Position& position_;
  shogi::Color side_;
  shogi::testing::PlainBoard board_;
  std::map<char, int> surplus_;  // by letter
  int lead_ = 0;
};

}  // namespace keisei::studio::testing
