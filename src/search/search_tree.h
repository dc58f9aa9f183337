#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "search/evaluator.h"
#include "shogi/move.h"

namespace keisei::search {

/// What is known for certain about a position, for the player to move there.
enum class Proof : std::uint8_t {
  none,
  win,   // in `plies` plies at most
  loss,  // in `plies` plies, by the longest resistance that was found
  draw,  // the game has ended here
};

using NodeId = std::uint32_t;
inline constexpr NodeId kNoNode = 0xFFFFFFFF;

/// A legal move that has not been tried has no child yet.
struct Edge {
  shogi::Move move;
  float prior = 0;
  NodeId child = kNoNode;
};

struct Node {
  double value_sum = 0;  // of all visits, for the player to move here
  std::uint32_t visits = 0;
  std::uint32_t first_edge = 0;
  std::uint16_t edges = 0;    // 0 until the node is expanded
  std::uint16_t pending = 0;  // visits under way, whose value is not known yet
  std::uint8_t plies = 0;     // to the end that `proof` speaks of
  Proof proof = Proof::none;
};

/// The tree of a search. It knows no rules: whoever walks it plays the moves. References to nodes
/// and edges hold until the next add_child() or expand().
//
/// Invariants: edges are in descending order of their priors and are tried in that order, so those
/// with a child come first.
class SearchTree {
 public:
  /// Reserves no more memory than that, and room for one expanded node at least.
  explicit SearchTree(std::size_t bytes);

  /// Leaves a root that is not expanded.
  void clear();
  static constexpr NodeId kRoot = 0;

  Node& node(NodeId id) { return nodes_[id]; }
  const Node& node(NodeId id) const { return nodes_[id]; }
  std::span<Edge> edges(NodeId id) {
    return {edges_.data() + nodes_[id].first_edge, nodes_[id].edges};
  }
  std::span<const Edge> edges(NodeId id) const {
    return {edges_.data() + nodes_[id].first_edge, nodes_[id].edges};
  }

  /// Whether another node may be added and expanded, beside `reserved` others.
  bool has_room(std::size_t reserved) const;
  /// The share that is used, 0..1000.
  int permille_used() const;

  /// Precondition: there is room.
  NodeId add_child(Edge& edge);
  void expand(NodeId id, const shogi::MoveList& moves, std::span<const float> log_probabilities);

  /// Takes over what the children prove, if anything. A win is proven by one losing child, a loss
  /// by winning children alone. Whether the proof of the node changed.
  bool prove_from_children(NodeId id);

 private:
  std::size_t node_capacity_, edge_capacity_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
};

}  // namespace keisei::search
