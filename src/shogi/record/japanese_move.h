#pragma once

#include <optional>
#include <string_view>

#include "base/result.h"
#include "shogi/position.h"
#include "shogi/record/text_cursor.h"

namespace keisei::shogi {

/// Takes one legal move off the front of the text, as KIF writes it ("７六歩(77)", "同　銀(31)",
/// "５五角打") or as KI2 does ("▲５八金右", "△３三桂不成"). Relative words may say more than is
/// needed; what fits several legal moves is refused with the candidates.
///
/// last_to: where the previous move went, for 同. After an error the cursor stands anywhere.
Result<Move> take_japanese_move(TextCursor& text, const Position& position,
                                std::optional<Square> last_to);

/// A whole text that is one such move.
Result<Move> parse_japanese(std::string_view text, const Position& position,
                            std::optional<Square> last_to = std::nullopt);

}  // namespace keisei::shogi
