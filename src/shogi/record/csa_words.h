#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "shogi/record/game_record.h"

namespace keisei::shogi::csa {

/// By PieceType; the types that do not exist are empty.
inline constexpr std::array<std::string_view, 16> kPieceNames = {
    "", "FU", "KY", "KE", "GI", "KI", "KA", "HI", "OU", "TO", "NY", "NK", "NG", "", "UM", "RY"};

constexpr std::optional<PieceType> piece_type(std::string_view name) {
  for (std::size_t i = 0; i < kPieceNames.size(); ++i) {
    if (!name.empty() && kPieceNames[i] == name) return static_cast<PieceType>(i);
  }
  return std::nullopt;
}

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kHeadings = {{
    {"event", "EVENT"},
    {"site", "SITE"},
    {"start_time", "START_TIME"},
    {"end_time", "END_TIME"},
    {"time_limit", "TIME_LIMIT"},
    {"opening", "OPENING"},
}};

/// Headings that version 3.0 added; a record has them under these names.
inline constexpr std::array<std::string_view, 6> kVersion3Headings = {
    "TIME", "TIME+", "TIME-", "MAX_MOVES", "JISHOGI", "NOTE"};

/// A set has this many of each type, by unpromoted type.
inline constexpr std::array<int, 9> kSetSize = {0, 18, 4, 4, 4, 4, 2, 2, 2};

/// Without the percent sign. The two sided fouls, "+ILLEGAL_ACTION" and "-ILLEGAL_ACTION", depend
/// on the side to move and are not here, nor is what CSA lacks: default wins and losses, and plain
/// draws.
inline constexpr std::array<std::pair<Ending, std::string_view>, 13> kEndings = {{
    {Ending::resignation, "TORYO"},
    {Ending::timeout, "TIME_UP"},
    {Ending::checkmate, "TSUMI"},
    {Ending::foul, "ILLEGAL_MOVE"},
    {Ending::declaration, "KACHI"},
    {Ending::repetition, "SENNICHITE"},
    {Ending::impasse, "JISHOGI"},
    {Ending::draw_by_declaration, "HIKIWAKE"},
    {Ending::max_plies, "MAX_MOVES"},
    {Ending::interruption, "CHUDAN"},
    {Ending::no_mate, "FUZUMI"},
    {Ending::withdrawal, "MATTA"},
    {Ending::error, "ERROR"},
}};

/// The word for an ending with `mover` to move, or the nearest that CSA has: "TORYO",
/// "+ILLEGAL_ACTION".
std::string ending_word(Ending ending, Color mover);
/// The inverse; none for an unknown word.
std::optional<Ending> ending_of(std::string_view word, Color mover);

}  // namespace keisei::shogi::csa
