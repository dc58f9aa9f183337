#pragma once

#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "shogi/insight/castles.h"
#include "studio/milestones/milestone.h"
#include "studio/milestones/played_game.h"

/// What a game may show for the first time in a run; docs/milestones.md says it for readers.
namespace keisei::studio {

/// A game that ends in checkmate.
std::optional<Milestone> checkmate_in(const PlayedGame& game);
/// A side that wins, whatever ends the game.
std::optional<Milestone> win_in(const PlayedGame& game);
/// The first promotion to this piece, by either side: `dragon` or `horse`.
std::optional<Milestone> promotion_in(const PlayedGame& game, protocol::MilestoneKind piece);

/// So many plies, from the first on, without a hanging rook: after each move of a side no rook or
/// dragon of its own can be captured with a gain (shogi/insight/exchange.h). And so many of these
/// moves that end such a danger: in random play rooks are safe because nothing attacks them.
inline constexpr int kSafeRookPlies = 60;
inline constexpr int kSavedRooks = 3;
std::optional<Milestone> safe_rook_in(const PlayedGame& game);

/// Castles of at least so many parts: the sitting king is none.
inline constexpr std::size_t kCastleParts = 3;
/// Where each castle is first completed, on either side. Of those that one move completes only the
/// largest counts; what is_known (by id) is left out.
std::vector<Milestone> castles_in(const PlayedGame& game, const shogi::Castles& castles,
                                  const std::function<bool(std::string_view id)>& is_known);

}  // namespace keisei::studio
