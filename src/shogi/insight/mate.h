#pragma once

#include <boost/container/static_vector.hpp>
#include <cstdint>
#include <optional>

#include "shogi/position.h"

namespace keisei::shogi {

/// The longest mate that find_mate() looks for, in plies.
inline constexpr int kLongestMate = 5;

/// The attacker's moves and the defences, alternately, from the position asked about; the last move
/// mates. Where several defences last equally long, a capture is shown before a king's move, that
/// before another piece's, and a drop in between last.
using MateLine = boost::container::static_vector<Move, kLongestMate>;

struct MateSearch {
  enum class Verdict : std::uint8_t {
    mate,     // forced whatever the defence
    no_mate,  // proven: no such mate exists
    gave_up,  // the limit of nodes was reached first
  };

  Verdict verdict = Verdict::no_mate;
  MateLine line;            // empty unless there is a mate; as short as possible
  std::uint64_t nodes = 0;  // moves made

  bool found() const { return verdict == Verdict::mate; }
};

/// Whether the side to move mates by checks alone, in 1, 3 or 5 plies ("mate in 1" and "mate in 3"
/// count plies, as shogi does). Exact by the rules of the game: every legal check is tried, drops
/// and pointless non-promotions included, against every legal answer, interpositions included, even
/// those that a problem-solver would call futile; a pawn drop never mates. The attacker may stand
/// in check and must then answer it with a check.
//
/// Depth-first, shortest mates first. Costs well under a millisecond in most positions; hands full
/// of pieces on both sides can need many more nodes, hence the limit (about a microsecond a node).
/// No heap memory. max_plies: 1, 3 or 5.
MateSearch find_mate(const Position& position, int max_plies, std::uint64_t node_limit = 100'000);

/// What find_mate() would find if it had to begin with this move. Precondition: it is legal.
MateSearch find_mate_by(const Position& position, Move move, int max_plies,
                        std::uint64_t node_limit = 100'000);

/// The mate that the opponent of the side to move threatens: what find_mate() would find if the
/// side to move passed. The line starts with the opponent's move. no_mate while the side to move
/// stands in check, since it cannot pass then.
MateSearch find_mate_threat(const Position& position, int max_plies,
                            std::uint64_t node_limit = 100'000);

/// A mating move if there is one, without any limit.
std::optional<Move> mate_in_one(const Position& position);

}  // namespace keisei::shogi
