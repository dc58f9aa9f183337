#include "shogi/insight/long_mate.h"

#include "shogi/insight/checks.h"

namespace keisei::shogi {
namespace {

using Verdict = MateSearch::Verdict;
using Line = std::vector<Move>;

/// Depth-first and three-valued: what lies beyond the last ply is unknown (`gave_up`), and a parent
/// is unknown if that could still change its answer.
class Searcher {
 public:
  Searcher(const Position& position, const std::function<bool()>& give_up)
      : position_(position), give_up_(give_up) {}

  /// A mate is looked for first, since that needs to try no defence beyond one that holds; then a
  /// proof that there is none.
  Verdict search(int plies, Line& line) {
    for (const bool proving : {false, true}) {
      proving_ = proving;
      const Verdict verdict = attack(plies, line);
      if (verdict != Verdict::gave_up || stopped_) return verdict;
    }
    return Verdict::gave_up;
  }
  bool stopped() const { return stopped_; }
  std::uint64_t nodes() const { return nodes_; }

 private:
  Verdict attack(int plies, Line& line) {
    bool unknown = false;
    for (const Move move : position_.legal_moves()) {
      if (checkers_after(position_, move).empty()) continue;
      Line rest;
      const Undo undo = play(move);
      const Verdict verdict = defend(plies - 1, rest);
      position_.undo_move(move, undo);
      if (stopped_) return Verdict::gave_up;
      if (verdict == Verdict::mate) {
        line = prepended(move, rest);
        return verdict;
      }
      unknown = unknown || verdict == Verdict::gave_up;
    }
    return unknown ? Verdict::gave_up : Verdict::no_mate;
  }

  Verdict defend(int plies, Line& line) {
    const MoveList moves = position_.legal_moves();
    if (moves.empty()) return Verdict::mate;
    if (plies == 0) return Verdict::gave_up;
    bool unknown = false;
    for (const Move move : moves) {
      Line rest;
      const Undo undo = play(move);
      const Verdict verdict = attack(plies - 1, rest);
      position_.undo_move(move, undo);
      if (stopped_ || verdict == Verdict::no_mate) return verdict;
      if (verdict == Verdict::gave_up) {
        unknown = true;
        if (!proving_) break;
      } else if (rest.size() >= line.size()) {
        line = prepended(move, rest);
      }
    }
    return unknown ? Verdict::gave_up : Verdict::mate;
  }

  Undo play(Move move) {
    constexpr std::uint64_t kNodesPerQuestion = 1024;
    if (++nodes_ % kNodesPerQuestion == 0 && give_up_()) stopped_ = true;
    return position_.do_move(move);
  }

  static Line prepended(Move move, const Line& rest) {
    Line line{move};
    line.insert(line.end(), rest.begin(), rest.end());
    return line;
  }

  Position position_;
  const std::function<bool()>& give_up_;
  bool proving_ = false;
  bool stopped_ = false;
  std::uint64_t nodes_ = 0;
};

}  // namespace

LongMateSearch find_long_mate(const Position& position, int max_plies,
                              const std::function<bool()>& give_up) {
  Searcher searcher(position, give_up);
  LongMateSearch result;
  for (int plies = 1; plies <= max_plies && !give_up(); plies += 2) {
    result.verdict = searcher.search(plies, result.line);
    if (searcher.stopped()) result.verdict = Verdict::gave_up;
    result.nodes = searcher.nodes();
    if (result.verdict != Verdict::gave_up || searcher.stopped()) break;
    result.plies_searched = plies;
  }
  return result;
}

}  // namespace keisei::shogi
