#include <gmock/gmock.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "studio/studio_test_kit.h"

// Kinds of mistakes that Japanese readers stumble over, looked for in every text.
namespace keisei::studio {
namespace {

using protocol::Language;
using ::testing::IsEmpty;
using Findings = std::vector<std::string>;

/// The characters of a UTF-8 text.
std::u32string characters(std::string_view text) {
  std::u32string all;
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = length == 1 ? lead : lead & (0xFFU >> (length + 1));
    for (std::size_t j = 1; j < length; ++j) {
      code = code << 6U | (static_cast<unsigned char>(text[i + j]) & 0x3FU);
    }
    all.push_back(code);
    i += length;
  }
  return all;
}

/// Kana and kanji.
bool is_japanese(char32_t c) { return (c >= 0x3040 && c < 0x3100) || (c >= 0x4E00 && c < 0xA000); }
bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

template <class IsBad>
Findings texts_where(IsBad is_bad) {
  Findings found;
  for (const auto& [key, text] : testing::real_content().texts(Language::ja)) {
    if (is_bad(text)) found.push_back(key + ": " + text);
  }
  return found;
}

bool holds(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool has_narrow_mark(std::string_view text) {
  const std::u32string all = characters(text);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const bool is_mark = std::u32string_view(U"():?!,;").find(all[i]) != std::u32string_view::npos;
    if (is_mark && (is_japanese(all[i - 1]) || all[i - 1] == U'}')) return true;
  }
  return holds(text, "~") || holds(text, " %") || holds(text, "〜");
}

bool has_space_beside_digit(std::string_view text) {
  const std::u32string all = characters(text);
  for (std::size_t i = 2; i < all.size(); ++i) {
    if (all[i - 1] != U' ') continue;
    if ((is_japanese(all[i - 2]) && is_digit(all[i])) ||
        (is_digit(all[i - 2]) && is_japanese(all[i]))) {
      return true;
    }
  }
  return false;
}

bool names_western_square(std::string_view text) {
  const std::u32string all = characters(text);
  const auto is_letter = [](char32_t c) { return c < 0x80 && std::isalnum(static_cast<int>(c)); };
  for (std::size_t i = 1; i < all.size(); ++i) {
    const bool is_square =
        all[i - 1] >= U'1' && all[i - 1] <= U'9' && all[i] >= U'a' && all[i] <= U'i';
    const bool is_alone =
        (i < 2 || !is_letter(all[i - 2])) && (i + 1 == all.size() || !is_letter(all[i + 1]));
    if (is_square && is_alone) return true;
  }
  return false;
}

/// Whether a sentence ends as one says it to friends. A noun may end it.
bool is_curt(std::string_view text) {
  constexpr std::array<std::string_view, 11> kPlain = {"る", "う",   "く",   "む",   "ぶ",  "だ",
                                                       "た", "ない", "しい", "強い", "良い"};
  constexpr std::array<std::string_view, 3> kPolite = {"ました", "でした", "ください"};
  for (std::size_t stop = text.find("。"); stop != std::string_view::npos;
       stop = text.find("。", stop + 1)) {
    const std::string_view sentence = text.substr(0, stop);
    const auto ends = [&](std::string_view ending) { return sentence.ends_with(ending); };
    if (std::any_of(kPlain.begin(), kPlain.end(), ends) &&
        std::none_of(kPolite.begin(), kPolite.end(), ends)) {
      return true;
    }
  }
  return false;
}

TEST(Japanese, HasMarksAsWideAsItsLetters) { EXPECT_THAT(texts_where(has_narrow_mark), IsEmpty()); }

TEST(Japanese, LeavesNoSpaceBesideDigits) {
  EXPECT_THAT(texts_where(has_space_beside_digit), IsEmpty());
}

TEST(Japanese, NamesNoSquareAsTheWestDoes) {
  EXPECT_THAT(texts_where(names_western_square), IsEmpty());
}

TEST(Japanese, SpeaksPolitely) { EXPECT_THAT(texts_where(is_curt), IsEmpty()); }

TEST(Japanese, SaysWhatPlayersAndEngineersSay) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> kBetter = {{
      {"龍", "竜"},
      {"1手詰", "一手詰め"},
      {"3手詰", "三手詰め"},
      {"5手詰", "五手詰め"},
      {"開き攻め", "後ろの利きを通す手"},
      {"浮き駒", "ただ取りになる駒"},
      {"途中観戦", "何手目からご覧いただきます"},
      {"勝つ見込み", "予測"},
      {"見た局面", "学習した局面"},
      {"説明された分散", "説明分散"},
      {"%区間", "%信頼区間"},
      {"標本", "サンプル"},
      {"の後のネットワーク", "回更新時点のネットワーク"},
  }};
  for (const auto& [word, better] : kBetter) {
    EXPECT_THAT(texts_where([&](std::string_view text) { return holds(text, word); }), IsEmpty())
        << better;
  }
}

TEST(Japanese, HasJudgesThatFindTheseMistakes) {
  EXPECT_TRUE(has_narrow_mark("歩幅(KL)"));
  EXPECT_TRUE(has_narrow_mark("{square}: 反応"));
  EXPECT_FALSE(has_narrow_mark("H / ln(n)、歩幅（KL）"));
  EXPECT_TRUE(has_space_beside_digit("通常は 30 秒"));
  EXPECT_FALSE(has_space_beside_digit("KL 0.02、30秒"));
  EXPECT_TRUE(names_western_square("後手は5dで駒得できます"));
  EXPECT_FALSE(names_western_square("５四で駒得できます"));
  EXPECT_TRUE(is_curt("一手で詰む。"));
  EXPECT_FALSE(is_curt("一手で詰みます。押してください。"));
}

}  // namespace
}  // namespace keisei::studio
