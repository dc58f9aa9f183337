#include "rl/evaluation/anchors.h"

#include <limits>

#include "shogi/insight/material.h"

namespace keisei::rl {
namespace {

using shogi::Move;
using shogi::Position;

// Of the piece that is captured; 0 for none.
int prey(const Position& position, Move move) {
  const shogi::Piece taken = move.is_drop() ? shogi::Piece::none : position.piece_on(move.to());
  return taken == shogi::Piece::none ? 0 : shogi::value_of(shogi::type_of(taken));
}

// How far the move changes the mover's balance.
int gain(const Position& position, Move move) {
  if (move.is_drop()) return 0;
  int change = 0;
  const shogi::Piece taken = position.piece_on(move.to());
  if (taken != shogi::Piece::none) change += shogi::capture_swing(shogi::type_of(taken));
  if (move.is_promotion()) {
    const shogi::PieceType type = shogi::type_of(position.piece_on(move.from()));
    change += shogi::value_of(shogi::promoted(type)) - shogi::value_of(type);
  }
  return change;
}

// The best by its worth; of several, each is kept with the chance of its turn, so that in the end
// all are as likely.
template <class Worth>
Move best(const Position& position, const shogi::MoveList& legal, Random& random, Worth worth) {
  Move chosen = legal[0];
  int most = std::numeric_limits<int>::min();
  std::uint32_t equals = 0;
  for (const Move move : legal) {
    const int value = worth(position, move);
    if (value < most) continue;
    equals = value > most ? 1 : equals + 1;
    most = value;
    if (random.below(equals) == 0) chosen = move;
  }
  return chosen;
}

}  // namespace

std::string_view anchor_name(Anchor anchor) {
  switch (anchor) {
    case Anchor::random_mover:
      return "random_mover";
    case Anchor::capture_greedy:
      return "capture_greedy";
    case Anchor::material_one_ply:
      return "material_one_ply";
  }
  return "";
}

Move choose(Anchor anchor, const Position& position, const shogi::MoveList& legal, Random& random) {
  switch (anchor) {
    case Anchor::random_mover:
      break;
    case Anchor::capture_greedy:
      return best(position, legal, random, prey);
    case Anchor::material_one_ply:
      return best(position, legal, random, gain);
  }
  return legal[random.below(static_cast<std::uint32_t>(legal.size()))];
}

MatchScore play_anchors(Anchor first, Anchor second, int games, std::uint64_t seed,
                        const shogi::Rules& rules) {
  MatchScore score;
  for (int i = 0; i < games; ++i) {
    const auto mine = i % 2 == 0 ? shogi::Color::black : shogi::Color::white;
    Random random(stream_seed(seed, static_cast<std::uint64_t>(i)));
    shogi::Game game(Position::startpos(), rules);
    while (!game.is_over()) {
      const Anchor mover = game.position().side_to_move() == mine ? first : second;
      game.play(choose(mover, game.position(), game.legal_moves(), random));
    }
    const auto winner = game.result()->winner;
    score.plies += game.ply();
    ++(!winner ? score.draws : *winner == mine ? score.wins : score.losses);
  }
  return score;
}

std::vector<Pairing> play_among_anchors(int games, const shogi::Rules& rules) {
  std::vector<Pairing> pairings;
  for (std::size_t first = 1; first < kAnchorCount; ++first) {
    for (std::size_t second = 0; second < first; ++second) {
      const MatchScore score =
          play_anchors(kAnchors[first], kAnchors[second], games, pairings.size() + 1, rules);
      pairings.push_back({static_cast<int>(first), static_cast<int>(second), score.wins,
                          score.draws, score.losses});
    }
  }
  return pairings;
}

}  // namespace keisei::rl
