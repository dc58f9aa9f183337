#include "search/search_tree.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace keisei::search {
namespace {

// Positions of real games have about 90 legal moves on average; drops make it many more.
constexpr std::size_t kEdgesPerNode = 100;
constexpr std::size_t kMostEdges = shogi::MoveList::kMostLegalMoves;

}  // namespace

SearchTree::SearchTree(std::size_t bytes)
    : node_capacity_(
          std::max<std::size_t>(2, bytes / (sizeof(Node) + kEdgesPerNode * sizeof(Edge)))),
      edge_capacity_(node_capacity_ * kEdgesPerNode + kMostEdges) {
  clear();
}

void SearchTree::clear() {
  nodes_.assign(1, Node{});
  edges_.clear();
}

bool SearchTree::has_room(std::size_t reserved) const {
  return nodes_.size() + reserved < node_capacity_ &&
         edges_.size() + (reserved + 1) * kMostEdges <= edge_capacity_;
}

int SearchTree::permille_used() const {
  const auto permille =
      std::max(1000 * nodes_.size() / node_capacity_, 1000 * edges_.size() / edge_capacity_);
  return static_cast<int>(std::min<std::size_t>(permille, 1000));
}

NodeId SearchTree::add_child(Edge& edge) {
  edge.child = static_cast<NodeId>(nodes_.size());
  nodes_.emplace_back();
  return edge.child;
}

void SearchTree::expand(NodeId id, const shogi::MoveList& moves,
                        std::span<const float> log_probabilities) {
  assert(nodes_[id].edges == 0 && moves.size() == log_probabilities.size());
  const auto first = edges_.size();
  for (std::size_t i = 0; i < moves.size(); ++i) {
    edges_.push_back({moves[i], std::exp(log_probabilities[i]), kNoNode});
  }
  std::stable_sort(edges_.begin() + static_cast<std::ptrdiff_t>(first), edges_.end(),
                   [](const Edge& a, const Edge& b) { return a.prior > b.prior; });
  nodes_[id].first_edge = static_cast<std::uint32_t>(first);
  nodes_[id].edges = static_cast<std::uint16_t>(moves.size());
}

bool SearchTree::prove_from_children(NodeId id) {
  Node& parent = nodes_[id];
  if (parent.proof != Proof::none) return false;
  bool all_win = true;
  int shortest_win = 0, longest_loss = 0;
  for (const Edge& edge : edges(id)) {
    if (edge.child == kNoNode) {
      all_win = false;
      break;
    }
    const Node& child = nodes_[edge.child];
    if (child.proof == Proof::loss && (shortest_win == 0 || child.plies + 1 < shortest_win)) {
      shortest_win = child.plies + 1;
    }
    all_win = all_win && child.proof == Proof::win;
    longest_loss = std::max(longest_loss, child.plies + 1);
  }
  constexpr int kMostPlies = 255;
  if (shortest_win > 0) {
    parent.proof = Proof::win;
    parent.plies = static_cast<std::uint8_t>(std::min(shortest_win, kMostPlies));
  } else if (all_win && parent.edges > 0) {
    parent.proof = Proof::loss;
    parent.plies = static_cast<std::uint8_t>(std::min(longest_loss, kMostPlies));
  }
  return parent.proof != Proof::none;
}

}  // namespace keisei::search
