#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "rl/random.h"
#include "search/evaluator.h"
#include "search/search_limits.h"
#include "search/search_tree.h"
#include "shogi/game.h"

namespace keisei::search {

struct SearchOptions {
  std::uint64_t nodes = 0;  // visits of the tree, the first look included; 0: no limit
  std::size_t tree_bytes = std::size_t{256} << 20;
  int batch = 16;            // most positions that are evaluated together
  int lines = 1;             // how many of the best moves are reported
  double exploration = 1.5;  // of PUCT
  /// Above 0, the move is drawn in proportion to visits^(1 / temperature).
  double temperature = 0;
  std::chrono::milliseconds report_interval{500};
};

/// An expected result in [-1, 1], or a proven one, for the player to move at the root.
struct Score {
  double value = 0;
  std::optional<int> mate_in;  // plies; negative when the player is mated

  friend bool operator==(const Score&, const Score&) = default;
};

struct SearchLine {
  Score score;
  std::vector<shogi::Move> moves;
};

struct SearchReport {
  std::uint64_t nodes = 0;
  SteadyTime::duration time{};
  int deepest = 0;                // plies
  int permille_used = 0;          // of the tree's memory
  std::vector<SearchLine> lines;  // best first; one at least
};

struct SearchResult {
  shogi::Move move;
  SearchReport report;  // its first line begins with the best move, which `move` is unless drawn
};

/// PUCT (Silver et al., 2018) over a policy and a value, with proven wins and losses (Winands et
/// al., 2008). Leaves are evaluated in batches; a virtual loss keeps a batch from following one
/// line only. Every path is played in a Game, so that repetition, perpetual check, the declaration
/// and the limit of plies are judged by the rules. Mates in one are seen at every leaf, mates in
/// five at the root.
//
/// Deterministic but for the clock. One search at a time.
class TreeSearch {
 public:
  using OnReport = std::function<void(const SearchReport&)>;

  /// All three outlive the search.
  TreeSearch(Evaluator& evaluator, const Clock& clock, rl::Random& random)
      : evaluator_(evaluator), clock_(clock), random_(random) {}

  /// Blocks until a limit is reached, the root's result is proven, the tree is full or the signal
  /// stops it, but evaluates the root in any case. Calls `on_report` now and then and once at the
  /// end. Precondition: the game goes on.
  SearchResult run(const shogi::Game& game, const SearchOptions& options,
                   const SearchSignal& signal, const OnReport& on_report = {});

 private:
  struct Leaf {
    std::vector<NodeId> path;  // from the root to the leaf
    shogi::Position position = shogi::Position::empty();
    shogi::MoveList legal_moves;
    int repetitions = 1;
  };

  bool must_end() const;
  void search_batch();
  /// Walks from the root to a node whose value is known, and counts it, or to one that the
  /// evaluator must be asked about, and appends it to the batch. False if another path of the batch
  /// waits for that node already.
  bool walk();
  Edge& select(NodeId id);
  void judge(NodeId id);
  void count(std::span<const NodeId> path, double value);
  std::optional<SearchResult> mate_at_root() const;
  SearchReport report() const;
  SearchLine line_of(const Edge& edge) const;
  const Edge& drawn(std::span<const Edge* const> ranked);

  Evaluator& evaluator_;
  const Clock& clock_;
  rl::Random& random_;

  SearchOptions options_;
  const SearchSignal* signal_ = nullptr;
  SteadyTime begun_;
  SteadyTime::duration last_batch_{};
  SearchTree tree_{0};
  shogi::Game root_, now_;  // where the tree begins, and where the walk stands
  int deepest_ = 0;

  std::vector<NodeId> path_;
  std::vector<Leaf> leaves_;  // the first `waiting_` are the batch that is being collected
  std::size_t waiting_ = 0;
  std::vector<Question> questions_;
  std::vector<Answer> answers_;
};

}  // namespace keisei::search
