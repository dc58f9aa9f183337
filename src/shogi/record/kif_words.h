#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "shogi/record/game_record.h"
#include "shogi/record/text_cursor.h"

/// The words of KIF and KI2 files.
namespace keisei::shogi::kif {

inline constexpr std::array<std::string_view, 9> kWideDigits = {"１", "２", "３", "４", "５",
                                                                "６", "７", "８", "９"};
inline constexpr std::array<std::string_view, 9> kKanjiDigits = {"一", "二", "三", "四", "五",
                                                                 "六", "七", "八", "九"};

/// In the text of a move: "成銀", "竜".
std::optional<PieceType> take_piece(TextCursor& text);
/// On a drawn board, one character each: "全", "竜"; empty for a type that does not exist.
std::string_view board_name(PieceType type);
/// A file in wide or narrow digits and a rank in kanji, or in digits too: "７六", "76".
std::optional<Square> take_square(TextCursor& text);
/// 2 to 18 in kanji: "二", "十", "十八".
std::optional<int> take_kanji_number(TextCursor& text);
std::string kanji_number(int number);

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kHeadings = {{
    {"event", "棋戦"},
    {"site", "場所"},
    {"start_time", "開始日時"},
    {"end_time", "終了日時"},
    {"time_limit", "持ち時間"},
    {"opening", "戦型"},
}};

/// Whether a heading's name may begin so: with a letter, of whatever alphabet.
bool begins_with_letter(std::string_view text);

/// Of the words for one ending the first is written; of the endings of one word the first is read.
inline constexpr std::array<std::pair<Ending, std::string_view>, 25> kEndings = {{
    {Ending::resignation, "投了"},     {Ending::timeout, "切れ負け"},
    {Ending::timeout, "時間切れ"},     {Ending::timeout, "Time-up"},
    {Ending::checkmate, "詰み"},       {Ending::checkmate, "詰"},
    {Ending::foul, "反則負け"},        {Ending::foul_of_opponent, "反則勝ち"},
    {Ending::declaration, "入玉勝ち"}, {Ending::declaration, "入玉宣言"},
    {Ending::declaration, "宣言勝ち"}, {Ending::default_win, "不戦勝"},
    {Ending::default_loss, "不戦敗"},  {Ending::repetition, "千日手"},
    {Ending::impasse, "持将棋"},       {Ending::draw_by_declaration, "持将棋"},
    {Ending::max_plies, "持将棋"},     {Ending::max_plies, "最大手数"},
    {Ending::draw, "持将棋"},          {Ending::draw, "引き分け"},
    {Ending::draw, "引分け"},          {Ending::draw, "引分"},
    {Ending::interruption, "中断"},    {Ending::interruption, "封じ手"},
    {Ending::no_mate, "不詰"},
}};

/// The sides of an even game and of a handicap game.
inline constexpr std::array<std::pair<std::string_view, Color>, 4> kSides = {
    {{"先手", Color::black},
     {"下手", Color::black},
     {"後手", Color::white},
     {"上手", Color::white}}};

/// What stands before a move: whose it is.
inline constexpr std::array<std::string_view, 6> kMarks = {"▲", "☗", "△", "☖", "▽", "▼"};
/// By index into kMarks. ▼ is used for either side.
inline constexpr std::array<std::optional<Color>, 6> kMarkedSides = {
    Color::black, Color::black, Color::white, Color::white, Color::white, std::nullopt};

/// "投了" for Ending::resignation; "中断" for what KIF has no word for.
std::string_view ending_word(Ending ending);

/// The start position of a handicap: "平手", "二枚落ち".
std::optional<Position> handicap_position(std::string_view name);
std::optional<std::string_view> handicap_name(const Position& start);

}  // namespace keisei::shogi::kif
