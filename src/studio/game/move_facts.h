#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/messages.h"
#include "shogi/position.h"
#include "studio/game/director.h"

namespace keisei::studio {

/// What a legal move does, by the rules of the game alone.
struct MoveFacts {
  protocol::MoveView view;
  shogi::PieceType piece;     // the one that moves, as it was before
  shogi::PieceType captured;  // none if nothing is
  bool drops;
  bool promotes;
  bool checks;
  bool mates;
  bool evades;                           // it answers a check
  int exchange;                          // won by it on its destination, in pawns; negative: lost
  std::vector<shogi::PieceType> forked;  // attacked at once, if two or more
};

/// `last_to`: where the move before went, for the notation of a recapture.
MoveFacts facts_of(const shogi::Position& before, shogi::Move move,
                   std::optional<shogi::Square> last_to);

/// What can be said about a scene without words, worked out once for all levels and languages.
struct SceneFacts {
  std::optional<MoveFacts> played;           // the move that led here
  std::optional<protocol::MoveView> missed;  // a mate in one that was there instead
  bool mate_open = false;                    // the side to move has a mate in one
  std::vector<MoveFacts> considered;         // in the order of Decision::top
};

SceneFacts facts_of(const Scene& scene);

}  // namespace keisei::studio
