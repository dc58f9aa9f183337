#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "rl/evaluation/rating.h"
#include "rl/random.h"
#include "rl/selfplay/match_score.h"
#include "shogi/game.h"

/// Players that learn nothing and so are the same in every run: what a network's strength is told
/// by, to people.
namespace keisei::rl {

enum class Anchor {
  /// Any legal move, each as likely.
  random_mover,
  /// Captures the piece that is worth most as it stands; any move where nothing can be captured.
  capture_greedy,
  /// The move after which its material balance (shogi/insight/material.h) is best: what a capture
  /// wins, and what a promotion adds. It looks no further, so that it takes what is defended, sees
  /// no mate, and drops pieces anywhere: a drop changes nothing of the balance.
  material_one_ply,
};
inline constexpr std::array kAnchors = {Anchor::random_mover, Anchor::capture_greedy,
                                        Anchor::material_one_ply};
inline constexpr std::size_t kAnchorCount = kAnchors.size();

/// "capture_greedy", as telemetry and logs have it.
std::string_view anchor_name(Anchor anchor);

/// The move that it plays; among equals each is as likely. Precondition: `legal` are the legal
/// moves of the position, and there is one.
shogi::Move choose(Anchor anchor, const shogi::Position& position, const shogi::MoveList& legal,
                   Random& random);

/// So many games between two of them, colours alternating; of the first. The same seed gives the
/// same games.
MatchScore play_anchors(Anchor first, Anchor second, int games, std::uint64_t seed,
                        const shogi::Rules& rules);

/// So many games of each pair of them, always the same ones: what holds them in their places
/// however well a network plays. Players go by their place in kAnchors. 400 a pair with 512 plies
/// take a second or two.
std::vector<Pairing> play_among_anchors(int games, const shogi::Rules& rules);

}  // namespace keisei::rl
