#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "protocol/messages.h"
#include "shogi/insight/move_fact.h"
#include "shogi/insight/move_reader.h"
#include "shogi/position.h"
#include "studio/forecast/verdict.h"
#include "studio/game/scene.h"

namespace keisei::studio {

/// What a legal move does at first sight.
struct ShownMove {
  protocol::MoveView view;
  shogi::PieceType piece;     // the one that moves, as it was before
  shogi::PieceType captured;  // none if nothing is
  bool drops;
  bool promotes;
  bool checks;
  bool mates;
  bool evades;   // it answers a check
  int exchange;  // won by it on its destination, in pawns; negative: lost
  bool forks;    // it threatens two pieces at once
};

/// `last_to`: where the move before went, for the notation of a recapture.
ShownMove shown_move(const shogi::Position& before, shogi::Move move,
                     std::optional<shogi::Square> last_to);

/// A fact with the mate that it speaks of.
struct ToldFact {
  shogi::MoveFact fact;
  protocol::MoveView mate{};                        // its first move, if it speaks of one
  shogi::PieceType mater = shogi::PieceType::none;  // the piece that makes it
};

/// A move that the network could have played instead.
struct Alternative {
  protocol::MoveView move;
  double probability;
};
inline constexpr std::size_t kMostAlternatives = 2;

/// One thing that is said of a scene beside the move itself.
struct Remark {
  enum class Kind { swing, fact, choice };
  Kind kind;
  std::size_t fact = 0;  // of SceneFacts::told
};
inline constexpr std::size_t kMostRemarks = 2;
using SceneRemarks = std::vector<Remark>;  // kMostRemarks or fewer

/// What can be said about a scene without words, worked out once for all levels and languages.
struct SceneFacts {
  std::optional<ShownMove> played;  // the move that led here
  std::vector<ToldFact> told;       // what is true of it, the weightiest first
  /// What the network thought most likely beside it, kMostAlternatives or fewer; none if the
  /// trainer does not tell what it considered.
  std::optional<std::vector<Alternative>> alternatives;
  std::vector<ShownMove> considered;  // in the order of Decision::top
  std::optional<Verdict> verdict;     // on the forecast, where there is one
  std::array<SceneRemarks, kEnumerators<protocol::Level>>
      remarks;  // by level; RemarkChooser fills them
};

/// What is true of the scene's move, the weightiest first. `game`: the moves before it, if they are
/// known from the first. Precondition: the scene shows a move.
std::vector<ToldFact> told_facts(const Scene& scene, const std::optional<shogi::GameSoFar>& game,
                                 const shogi::MoveReader& reader);

SceneFacts facts_of(const Scene& scene, const shogi::MoveReader& reader);

}  // namespace keisei::studio
