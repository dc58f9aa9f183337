#include "search/tree_search.h"

#include <algorithm>
#include <cassert>
#include <cmath>

#include "shogi/declaration.h"
#include "shogi/insight/mate.h"

namespace keisei::search {
namespace {

using shogi::Game;

// An untried move is expected to be that much worse than what its position has shown so far, times
// the root of the tried moves' share of the policy.
constexpr double kUntriedReduction = 0.3;
// Batches grow with the tree: a small one would be spent on guesses.
constexpr std::uint64_t kVisitsPerLeaf = 8;
constexpr std::uint32_t kMostVisits = 1U << 30;
constexpr int kRootMatePlies = 5;
constexpr std::uint64_t kRootMateNodes = 20'000;  // about 20 ms

double value_of(Proof proof) { return proof == Proof::win ? 1 : proof == Proof::loss ? -1 : 0; }

/// What the player who moves into the node may expect of it.
double value_before(const Node& node) {
  if (node.proof != Proof::none) return -value_of(node.proof);
  return node.visits == 0 ? 0 : -node.value_sum / node.visits;
}

Score score_of(const Node& child) {
  Score score{.value = value_before(child), .mate_in = std::nullopt};
  if (child.proof == Proof::loss) score.mate_in = child.plies + 1;
  if (child.proof == Proof::win) score.mate_in = -(child.plies + 1);
  return score;
}

/// Greater is better: proven wins, the sooner the better; then visits; then untried moves by their
/// priors; then proven losses, the later the better.
auto rank(const SearchTree& tree, const Edge& edge) {
  struct Rank {
    int proof, plies;
    std::uint32_t visits;
    double value;
    float prior;
    auto operator<=>(const Rank&) const = default;
  };
  if (edge.child == kNoNode) return Rank{0, 0, 0, 0, edge.prior};
  const Node& child = tree.node(edge.child);
  if (child.proof == Proof::loss) return Rank{1, -child.plies, 0, 0, edge.prior};
  if (child.proof == Proof::win) return Rank{-1, child.plies, 0, 0, edge.prior};
  return Rank{0, 0, child.visits, value_before(child), edge.prior};
}

std::vector<const Edge*> ranked_edges(const SearchTree& tree, NodeId id) {
  std::vector<const Edge*> ranked;
  for (const Edge& edge : tree.edges(id)) ranked.push_back(&edge);
  std::stable_sort(ranked.begin(), ranked.end(),
                   [&](const Edge* a, const Edge* b) { return rank(tree, *a) > rank(tree, *b); });
  return ranked;
}

}  // namespace

SearchResult TreeSearch::run(const Game& game, const SearchOptions& options,
                             const SearchSignal& signal, const OnReport& on_report) {
  assert(!game.is_over());
  options_ = options;
  signal_ = &signal;
  begun_ = clock_.steady();
  last_batch_ = {};
  tree_ = SearchTree(options.tree_bytes);
  root_ = game;
  deepest_ = 0;
  leaves_.resize(static_cast<std::size_t>(std::max(1, options.batch)));

  if (options.nodes != 1) {
    if (auto mate = mate_at_root()) {
      if (on_report) on_report(mate->report);
      return *mate;
    }
  }
  search_batch();
  SteadyTime reported = begun_;
  while (!must_end()) {
    const SteadyTime before = clock_.steady();
    search_batch();
    const SteadyTime now = clock_.steady();
    last_batch_ = now - before;
    if (on_report && now - reported >= options.report_interval) {
      reported = now;
      on_report(report());
    }
  }
  SearchResult result{.move = {}, .report = report()};
  result.move = drawn(ranked_edges(tree_, SearchTree::kRoot)).move;
  if (on_report) on_report(result.report);
  return result;
}

bool TreeSearch::must_end() const {
  const Node& root = tree_.node(SearchTree::kRoot);
  return signal_->stopped() || root.proof != Proof::none || root.visits >= kMostVisits ||
         (options_.nodes > 0 && root.visits >= options_.nodes) || !tree_.has_room(leaves_.size()) ||
         // The next batch will take about as long as the last one did.
         signal_->deadline() - clock_.steady() <= last_batch_;
}

void TreeSearch::search_batch() {
  const std::uint64_t visits = tree_.node(SearchTree::kRoot).visits;
  std::uint64_t walks = std::min<std::uint64_t>(leaves_.size(), 1 + visits / kVisitsPerLeaf);
  if (options_.nodes > 0) walks = std::min(walks, options_.nodes - visits);
  waiting_ = 0;
  while (walks > 0 && walk()) --walks;
  if (waiting_ == 0) return;

  questions_.clear();
  answers_.resize(std::max(answers_.size(), waiting_));
  for (std::size_t i = 0; i < waiting_; ++i) {
    const Leaf& leaf = leaves_[i];
    questions_.push_back({&leaf.position, &leaf.legal_moves, leaf.repetitions});
  }
  evaluator_.evaluate(questions_, std::span(answers_).first(waiting_));
  for (std::size_t i = 0; i < waiting_; ++i) {
    const Leaf& leaf = leaves_[i];
    for (const NodeId id : leaf.path) --tree_.node(id).pending;
    tree_.expand(leaf.path.back(), leaf.legal_moves, answers_[i].log_probabilities);
    count(leaf.path, std::clamp<double>(answers_[i].value, -1, 1));
  }
}

bool TreeSearch::walk() {
  now_ = root_;
  NodeId id = SearchTree::kRoot;
  path_.assign(1, id);
  while (tree_.node(id).proof == Proof::none && tree_.node(id).edges > 0) {
    Edge& edge = select(id);
    now_.play(edge.move);
    id = edge.child;
    if (id == kNoNode) {
      id = tree_.add_child(edge);
      judge(id);
    }
    path_.push_back(id);
  }
  deepest_ = std::max(deepest_, static_cast<int>(path_.size()) - 1);
  const Node& end = tree_.node(id);
  if (end.proof != Proof::none) {
    count(path_, value_of(end.proof));
    return true;
  }
  if (end.pending > 0) return false;
  for (const NodeId passed : path_) ++tree_.node(passed).pending;
  Leaf& leaf = leaves_[waiting_++];
  leaf.path = path_;
  leaf.position = now_.position();
  leaf.legal_moves = now_.legal_moves();
  leaf.repetitions = now_.repetitions();
  return true;
}

Edge& TreeSearch::select(NodeId id) {
  const Node& node = tree_.node(id);
  const double explore =
      options_.exploration * std::sqrt(static_cast<double>(node.visits) + node.pending);
  const double expected = node.visits == 0 ? 0 : node.value_sum / node.visits;
  double tried_share = 0, best_merit = 0;
  Edge* best = nullptr;
  const auto consider = [&](Edge& edge, double value, double visits) {
    const double merit = value + explore * edge.prior / (1 + visits);
    if (best != nullptr && merit <= best_merit) return;
    best = &edge;
    best_merit = merit;
  };
  for (Edge& edge : tree_.edges(id)) {
    if (edge.child == kNoNode) {
      // Of the untried moves this one has the greatest prior.
      consider(edge, expected - kUntriedReduction * std::sqrt(tried_share), 0);
      break;
    }
    tried_share += edge.prior;
    const Node& child = tree_.node(edge.child);
    if (child.proof == Proof::win) continue;
    const double visits = static_cast<double>(child.visits) + child.pending;
    // Visits under way count as lost.
    const double value =
        child.proof == Proof::draw || visits == 0 ? 0 : -(child.value_sum + child.pending) / visits;
    consider(edge, value, visits);
  }
  assert(best != nullptr);  // else the node would be a proven loss
  return *best;
}

/// The rules come before the evaluator.
void TreeSearch::judge(NodeId id) {
  Node& node = tree_.node(id);
  if (const auto& result = now_.result()) {
    node.proof = !result->winner                                     ? Proof::draw
                 : *result->winner == now_.position().side_to_move() ? Proof::win
                                                                     : Proof::loss;
  } else if (may_declare(now_.position()) || mate_in_one(now_.position())) {
    node.proof = Proof::win;
    node.plies = 1;
  }
}

void TreeSearch::count(std::span<const NodeId> path, double value) {
  bool proving = tree_.node(path.back()).proof != Proof::none;
  for (auto at = path.rbegin(); at != path.rend(); ++at, value = -value) {
    Node& node = tree_.node(*at);
    ++node.visits;
    node.value_sum += value;
    if (at != path.rbegin()) proving = proving && tree_.prove_from_children(*at);
  }
}

std::optional<SearchResult> TreeSearch::mate_at_root() const {
  const auto mate = find_mate(root_.position(), kRootMatePlies, kRootMateNodes);
  if (!mate.found()) return std::nullopt;
  // Not if the checks on the way would repeat a position once too often.
  Game game = root_;
  for (const shogi::Move move : mate.line) {
    if (game.is_over()) return std::nullopt;
    game.play(move);
  }
  if (!game.is_over() || game.result()->winner != root_.position().side_to_move()) {
    return std::nullopt;
  }
  const auto plies = static_cast<int>(mate.line.size());
  SearchReport report{
      .nodes = mate.nodes,
      .time = clock_.steady() - begun_,
      .deepest = plies,
      .permille_used = 0,
      .lines = {{{.value = 1, .mate_in = plies}, {mate.line.begin(), mate.line.end()}}}};
  return SearchResult{.move = mate.line.front(), .report = std::move(report)};
}

SearchReport TreeSearch::report() const {
  SearchReport report{.nodes = tree_.node(SearchTree::kRoot).visits,
                      .time = clock_.steady() - begun_,
                      .deepest = deepest_,
                      .permille_used = tree_.permille_used(),
                      .lines = {}};
  for (const Edge* edge : ranked_edges(tree_, SearchTree::kRoot)) {
    if (static_cast<int>(report.lines.size()) >= std::max(1, options_.lines)) break;
    report.lines.push_back(line_of(*edge));
  }
  return report;
}

SearchLine TreeSearch::line_of(const Edge& first) const {
  const Node& root = tree_.node(SearchTree::kRoot);
  SearchLine line;
  line.score = first.child == kNoNode
                   ? Score{.value = root.value_sum / root.visits, .mate_in = std::nullopt}
                   : score_of(tree_.node(first.child));
  shogi::Position position = root_.position();
  for (const Edge* edge = &first; edge != nullptr;) {
    line.moves.push_back(edge->move);
    position.do_move(edge->move);
    const NodeId id = edge->child;
    edge = nullptr;
    if (id == kNoNode) break;
    if (tree_.node(id).edges > 0) {
      const Edge* next = ranked_edges(tree_, id).front();
      if (next->child != kNoNode) edge = next;
    } else if (tree_.node(id).proof == Proof::win) {
      // Seen without being tried, unless it is a declaration.
      if (const auto mate = mate_in_one(position)) line.moves.push_back(*mate);
    }
  }
  return line;
}

const Edge& TreeSearch::drawn(std::span<const Edge* const> ranked) {
  const Edge& best = *ranked.front();
  const auto child = [&](const Edge& edge) {
    return edge.child == kNoNode ? nullptr : &tree_.node(edge.child);
  };
  // A win is not left to chance.
  if (options_.temperature <= 0 || rank(tree_, best).proof != 0) return best;
  const auto share = [&](const Edge& edge) {
    if (child(best) == nullptr) return static_cast<double>(edge.prior);
    return child(edge) == nullptr ? 0.0 : static_cast<double>(child(edge)->visits);
  };
  std::vector<double> weights;
  double sum = 0;
  for (const Edge* edge : ranked) {
    const bool loses = rank(tree_, *edge).proof < 0;
    weights.push_back(loses ? 0 : std::pow(share(*edge) / share(best), 1 / options_.temperature));
    sum += weights.back();
  }
  double rest = random_.uniform() * sum;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    rest -= weights[i];
    if (rest < 0) return *ranked[i];
  }
  return best;
}

}  // namespace keisei::search
