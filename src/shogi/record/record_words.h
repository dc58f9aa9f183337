#pragma once

#include <fmt/format.h>

#include <string>

#include "shogi/record/csa_words.h"
#include "shogi/record/game_record.h"
#include "shogi/usi.h"

namespace keisei::shogi::testing {

/// All that a record holds, in one line, so that a test can state it.
///   "[heading=value] names black/white sfen … {comment} 7g7f (12000ms) {comment} end TORYO black"
inline std::string in_words(const GameRecord& record) {
  std::string text;
  const auto add = [&](const std::string& word) {
    if (!text.empty()) text += ' ';
    text += word;
  };
  const auto add_remarks = [&](const SpentTime& time, const std::string& comment) {
    if (time) add(fmt::format("({}ms)", time->count()));
    if (!comment.empty()) add("{" + comment + "}");
  };
  for (const auto& [key, value] : record.headings) add("[" + key + "=" + value + "]");
  if (!record.black.empty() || !record.white.empty()) {
    add("names " + record.black + "/" + record.white);
  }
  if (record.start != Position::startpos()) add("sfen " + record.start.sfen());
  add_remarks(std::nullopt, record.comment);
  for (const auto& played : record.moves) {
    add(to_usi(played.move));
    add_remarks(played.time, played.comment);
  }
  if (record.end) {
    const Color mover = record.final_position().side_to_move();
    add("end " + csa::ending_word(record.end->ending, mover));
    const auto won = winner(record);
    add(!won ? "nobody" : *won == Color::black ? "black" : "white");
    add_remarks(record.end->time, record.end->comment);
  }
  if (record.variations > 0) add(fmt::format("variations {}", record.variations));
  return text;
}

}  // namespace keisei::shogi::testing
