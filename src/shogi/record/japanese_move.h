#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "shogi/position.h"
#include "shogi/record/text_cursor.h"

namespace keisei::shogi {

/// What the text of a move says, before any board is looked at.
struct NamedMove {
  Square to;
  PieceType type = PieceType::none;
  std::optional<Square> from;
  bool drops = false;
  bool promotes = false;
  bool right = false;
  bool left = false;
  bool straight = false;
  bool forward = false;
  bool sideways = false;
  bool backward = false;
};

/// Takes one move off the front of the text, as KIF writes it ("７六歩(77)", "同　銀(31)",
/// "５五角打") or as KI2 does ("▲５八金右", "△３三桂不成"). A mark of the side that is not to move
/// is an error.
///
/// last_to: where the previous move went, for 同. After an error the cursor stands anywhere.
Result<NamedMove> take_named_move(TextCursor& text, Color side_to_move,
                                  std::optional<Square> last_to);

/// The legal move that is named so. Relative words may say more than is needed; what fits several
/// legal moves is refused with the candidates.
Result<Move> find_move(const Position& position, const NamedMove& named);

/// A whole text that is one such move.
Result<Move> parse_japanese(std::string_view text, const Position& position,
                            std::optional<Square> last_to = std::nullopt);

}  // namespace keisei::shogi
