#include <gmock/gmock.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "studio/studio_test_kit.h"

// What beginners can look up: content/<language>/glossary.json.
namespace keisei::studio {
namespace {

using protocol::Language;

/// The files whose sentences a part of the glossary explains.
const std::map<std::string, std::vector<std::string>> kExplained = {
    {"game",
     {"facts.", "forecast.", "game.commentary.", "game.note.", "game.result.", "game.play.",
      "game.skewer.", "game.piece.", "shogi_names."}},
    {"learning", {"metrics.", "system.", "improvement."}}};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

struct Term {
  std::string part;
  std::string id;
  std::vector<std::string> words;
};

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> all(1);
  for (const char c : text) {
    if (c == '|') {
      all.emplace_back();
    } else {
      all.back() += c;
    }
  }
  return all;
}

std::vector<Term> terms(Language language) {
  const Content::Texts& texts = testing::real_content().texts(language);
  std::vector<Term> all;
  for (const auto& [key, text] : texts) {
    constexpr std::string_view kEnd = ".words";
    if (!key.starts_with("glossary.") || !key.ends_with(kEnd)) continue;
    const std::string path = key.substr(9, key.size() - 9 - kEnd.size());
    const std::size_t dot = path.find('.');
    all.push_back({path.substr(0, dot), path.substr(dot + 1), split(text)});
  }
  return all;
}

/// Whether some sentence that the part explains has the word.
bool is_said(const Term& term, const std::string& word, Language language) {
  const Content::Texts& texts = testing::real_content().texts(language);
  return std::any_of(texts.begin(), texts.end(), [&](const auto& text) {
    const auto& files = kExplained.at(term.part);
    const bool is_explained = std::any_of(files.begin(), files.end(), [&](const std::string& file) {
      return text.first.starts_with(file);
    });
    return is_explained && lower(text.second).find(lower(word)) != std::string::npos;
  });
}

class GlossaryTest : public ::testing::TestWithParam<Language> {};

TEST_P(GlossaryTest, ExplainsNoWordThatIsNeverSaid) {
  EXPECT_GT(terms(GetParam()).size(), 20U);
  for (const Term& term : terms(GetParam())) {
    for (const std::string& word : term.words) {
      EXPECT_TRUE(is_said(term, word, GetParam())) << term.id << ": " << word;
    }
  }
}

TEST_P(GlossaryTest, ExplainsNoWordTwice) {
  std::set<std::string> seen;
  for (const Term& term : terms(GetParam())) {
    for (const std::string& word : term.words) {
      EXPECT_TRUE(seen.insert(term.part + " " + lower(word)).second) << word;
    }
  }
}

TEST_P(GlossaryTest, HasANameAndAnExplanationForEveryTerm) {
  const Content::Texts& texts = testing::real_content().texts(GetParam());
  for (const Term& term : terms(GetParam())) {
    const std::string key = "glossary." + term.part + "." + term.id;
    EXPECT_TRUE(texts.contains(key + ".name")) << key;
    EXPECT_TRUE(texts.contains(key + ".text")) << key;
  }
}

// What players say and beginners do not know.
TEST(Glossary, ExplainsTheTermsOfEveryFactThatHasOne) {
  for (const auto& [rule, en, ja] : std::vector<std::tuple<std::string, std::string, std::string>>{
           {"double_check", "double check", "両王手"},
           {"discovered_check", "discovered check", "開き王手"},
           {"fork", "fork", "両取り"},
           {"pin", "pins", "釘付け"},
           {"sacrifice", "sacrifice", "捨て駒"},
           {"blocking_drop", "blocks the check", "合駒"},
           {"mate_in_1_missed", "mate in one", "一手詰め"},
           {"castle_completed", "castle", ""},
           {"king_enters", "entering king", "入玉"},
           {"repetition", "repetition", "千日手"}}) {
    for (const auto& [language, word] :
         {std::pair{Language::en, en}, std::pair{Language::ja, ja}}) {
      if (word.empty()) continue;
      const auto all = terms(language);
      const bool is_explained =
          std::any_of(all.begin(), all.end(), [&, &word = word](const Term& term) {
            return std::find(term.words.begin(), term.words.end(), word) != term.words.end();
          });
      EXPECT_TRUE(is_explained) << word;
      const std::string key = "facts." + rule + ".intermediate";
      const std::string& text = testing::real_content().texts(language).at(key);
      EXPECT_NE(lower(text).find(word), std::string::npos) << text;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Languages, GlossaryTest, ::testing::Values(Language::en, Language::ja),
                         [](const auto& language) {
                           return std::string(keisei::to_string(language.param));
                         });

}  // namespace
}  // namespace keisei::studio
