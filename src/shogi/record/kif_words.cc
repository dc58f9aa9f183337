#include "shogi/record/kif_words.h"

#include <cctype>

namespace keisei::shogi::kif {
namespace {

// Longer names before their beginnings.
constexpr std::array<std::pair<std::string_view, PieceType>, 19> kPieces = {{
    {"成香", PieceType::pro_lance},  {"成桂", PieceType::pro_knight},
    {"成銀", PieceType::pro_silver}, {"歩", PieceType::pawn},
    {"香", PieceType::lance},        {"桂", PieceType::knight},
    {"銀", PieceType::silver},       {"金", PieceType::gold},
    {"角", PieceType::bishop},       {"飛", PieceType::rook},
    {"玉", PieceType::king},         {"王", PieceType::king},
    {"と", PieceType::pro_pawn},     {"杏", PieceType::pro_lance},
    {"圭", PieceType::pro_knight},   {"全", PieceType::pro_silver},
    {"馬", PieceType::horse},        {"竜", PieceType::dragon},
    {"龍", PieceType::dragon},
}};

constexpr std::array<std::string_view, 16> kBoardNames = {
    "", "歩", "香", "桂", "銀", "金", "角", "飛", "玉", "と", "杏", "圭", "全", "", "馬", "龍"};

struct Handicap {
  std::string_view name;
  std::string_view back_ranks;  // White's, as SFEN
};

constexpr Handicap kHandicaps[] = {
    {"香落ち", "lnsgkgsn1/1r5b1"}, {"右香落ち", "1nsgkgsnl/1r5b1"}, {"角落ち", "lnsgkgsnl/1r7"},
    {"飛車落ち", "lnsgkgsnl/7b1"}, {"飛香落ち", "lnsgkgsn1/7b1"},   {"二枚落ち", "lnsgkgsnl/9"},
    {"三枚落ち", "lnsgkgsn1/9"},   {"四枚落ち", "1nsgkgsn1/9"},     {"五枚落ち", "2sgkgsn1/9"},
    {"左五枚落ち", "1nsgkgs2/9"},  {"六枚落ち", "2sgkgs2/9"},       {"左七枚落ち", "2sgkg3/9"},
    {"右七枚落ち", "3gkgs2/9"},    {"八枚落ち", "3gkg3/9"},         {"十枚落ち", "4k4/9"},
};

Position position_of(const Handicap& handicap) {
  const std::string sfen =
      std::string(handicap.back_ranks) + "/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1";
  return Position::from_sfen(sfen).value();
}

}  // namespace

std::optional<PieceType> take_piece(TextCursor& text) {
  for (const auto& [name, type] : kPieces) {
    if (text.take(name)) return type;
  }
  return std::nullopt;
}

std::string_view board_name(PieceType type) { return kBoardNames[index(type)]; }

std::optional<Square> take_square(TextCursor& text) {
  constexpr std::array<std::string_view, 9> kDigits = {"1", "2", "3", "4", "5", "6", "7", "8", "9"};
  TextCursor ahead = text;
  int file = ahead.take_any(kWideDigits);
  if (file < 0) file = ahead.take_any(kDigits);
  int rank = ahead.take_any(kKanjiDigits);
  if (rank < 0) rank = ahead.take_any(kWideDigits);
  if (rank < 0) rank = ahead.take_any(kDigits);
  if (file < 0 || rank < 0) return std::nullopt;
  text = ahead;
  return Square(file, rank);
}

std::optional<int> take_kanji_number(TextCursor& text) {
  const bool ten = text.take("十");
  const int digit = text.take_any(kKanjiDigits);
  if (!ten && digit < 0) return std::nullopt;
  return (ten ? 10 : 0) + digit + 1;
}

std::string kanji_number(int number) {
  std::string text = number >= 10 ? "十" : "";
  if (number % 10 > 0) text += kKanjiDigits[static_cast<std::size_t>(number % 10 - 1)];
  return text;
}

bool begins_with_letter(std::string_view text) {
  // A byte-order mark is none, and disappears at the beginning of a file.
  if (text.empty() || text.starts_with("\xEF\xBB\xBF")) return false;
  const auto first = static_cast<unsigned char>(text.front());
  return first >= 0x80 || std::isalpha(first) != 0;
}

std::string_view ending_word(Ending ending) {
  for (const auto& [known, word] : kEndings) {
    if (known == ending) return word;
  }
  return "中断";
}

std::optional<Position> handicap_position(std::string_view name) {
  if (name == "平手") return Position::startpos();
  for (const Handicap& handicap : kHandicaps) {
    if (handicap.name == name) return position_of(handicap);
  }
  return std::nullopt;
}

std::optional<std::string_view> handicap_name(const Position& start) {
  if (start.same_as(Position::startpos())) return "平手";
  for (const Handicap& handicap : kHandicaps) {
    if (start.same_as(position_of(handicap))) return handicap.name;
  }
  return std::nullopt;
}

}  // namespace keisei::shogi::kif
