#include "shogi/insight/mate.h"

#include <cassert>
#include <limits>

#include "shogi/insight/checks.h"

namespace keisei::shogi {
namespace {

class MateSearcher {
 public:
  MateSearcher(const Position& position, std::uint64_t node_limit)
      : position_(position), node_limit_(node_limit) {}

  MateSearch run(int max_plies) {
    MateLine line;
    const bool mates = attack(max_plies, line);
    return result(mates, line);
  }

  MateSearch run_from(Move move, int max_plies) {
    MateLine line;
    if (checkers_after(position_, move).empty()) return result(false, line);
    MateLine rest;
    const bool mates = after(move, [&] { return defence_fails(max_plies - 1, rest); });
    line.assign(1, move);
    line.insert(line.end(), rest.begin(), rest.end());
    return result(mates, line);
  }

 private:
  MateSearch result(bool mates, const MateLine& line) const {
    if (mates) return {MateSearch::Verdict::mate, line, nodes_};
    return {exhausted() ? MateSearch::Verdict::gave_up : MateSearch::Verdict::no_mate, {}, nodes_};
  }

  bool exhausted() const { return nodes_ >= node_limit_; }

  /// Whether checks mate within `max_plies`; then `line` is a shortest mate. Otherwise `line` is
  /// untouched.
  bool attack(int max_plies, MateLine& line) {
    MoveList moves;
    position_.legal_moves(moves);
    for (int plies = 1; plies <= max_plies; plies += 2) {
      for (const Move move : moves) {
        if (exhausted()) return false;
        if (checkers_after(position_, move).empty()) continue;
        MateLine rest;
        if (!after(move, [&] { return defence_fails(plies - 1, rest); })) continue;
        line.assign(1, move);
        line.insert(line.end(), rest.begin(), rest.end());
        return true;
      }
    }
    return false;
  }

  /// Whether every answer to the check is mated within `plies`; then `line` is the best of them.
  bool defence_fails(int plies, MateLine& line) {
    MoveList moves;
    position_.legal_moves(moves);
    if (moves.empty()) return true;
    if (plies == 0) return false;
    int best_merit = -1;
    for (const Move move : moves) {
      MateLine rest;
      if (exhausted() || !after(move, [&] { return attack(plies - 1, rest); })) return false;
      const int merit = 4 * static_cast<int>(rest.size()) + kind_of(move);
      if (merit > best_merit) {
        best_merit = merit;
        line.assign(1, move);
        line.insert(line.end(), rest.begin(), rest.end());
      }
    }
    return true;
  }

  template <typename Question>
  bool after(Move move, Question&& question) {
    ++nodes_;
    const Undo undo = position_.do_move(move);
    const bool answer = question();
    position_.undo_move(move, undo);
    return answer;
  }

  int kind_of(Move move) const {
    if (move.is_drop()) return 0;
    if (position_.piece_on(move.to()) != Piece::none) return 3;
    return type_of(position_.piece_on(move.from())) == PieceType::king ? 2 : 1;
  }

  Position position_;
  const std::uint64_t node_limit_;
  std::uint64_t nodes_ = 0;
};

}  // namespace

MateSearch find_mate(const Position& position, int max_plies, std::uint64_t node_limit) {
  assert(max_plies % 2 == 1 && max_plies <= kLongestMate);
  return MateSearcher(position, node_limit).run(max_plies);
}

MateSearch find_mate_by(const Position& position, Move move, int max_plies,
                        std::uint64_t node_limit) {
  assert(max_plies % 2 == 1 && max_plies <= kLongestMate);
  return MateSearcher(position, node_limit).run_from(move, max_plies);
}

MateSearch find_mate_threat(const Position& position, int max_plies, std::uint64_t node_limit) {
  if (position.in_check()) return {};
  Position passed = position;
  passed.set_side_to_move(~position.side_to_move());
  return find_mate(passed, max_plies, node_limit);
}

std::optional<Move> mate_in_one(const Position& position) {
  const auto search = find_mate(position, 1, std::numeric_limits<std::uint64_t>::max());
  if (!search.found()) return std::nullopt;
  return search.line.front();
}

}  // namespace keisei::shogi
