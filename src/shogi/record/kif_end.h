#pragma once

#include <string>
#include <string_view>

#include "shogi/record/game_record.h"

namespace keisei::shogi::kif {

/// How a game ended, in the words of KIF or KI2.
struct StatedEnd {
  Ending ending = Ending::interruption;
  std::string comment;  // the words, where the ending does not say all that they do
  std::string cause;    // why something had to be assumed; empty if nothing had to
  std::string assumed;
};

/// A word in the place of a move: "投了".
StatedEnd read_end_word(std::string_view word);

/// What follows まで, with `mover` to move: "74手で後手の勝ち", "1手詰",
/// "12手で時間切れにより先手の勝ち".
StatedEnd read_until(std::string_view text, Color mover);

}  // namespace keisei::shogi::kif
