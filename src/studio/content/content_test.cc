#include "studio/content/content.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/testing/temporary_folder.h"
#include "store/no_store.h"
#include "studio/programme.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using ::testing::HasSubstr;

class ContentFolder : public ::testing::Test {
 protected:
  ContentFolder() {
    std::filesystem::create_directories(folder_.path() / "en");
    std::filesystem::create_directories(folder_.path() / "ja");
    std::filesystem::copy_file(KEISEI_SOURCE_DIR "/content/thresholds.json",
                               folder_.path() / "thresholds.json");
    std::filesystem::copy_file(KEISEI_SOURCE_DIR "/content/openings.json",
                               folder_.path() / "openings.json");
    write("castles.json",
          R"({"castles": [{"id": "sitting_king", "parts": [{"piece": "king", "on": ["5i"]}]}]})");
  }
  void write(const std::string& file, const std::string& text) const { folder_.write(file, text); }
  TemporaryFolder folder_;
};

TEST(Content, IsExactlyWhatTheProgrammeUses) {
  Counters counters;
  const ManualClock clock;
  Notices notices(clock, [](const auto&) {});
  store::NoStore no_store;
  const Content& content = testing::real_content();
  const auto complete = content.check(
      keys_of(programme(content, no_store, clock, ProgrammeOptions{}, counters, notices)));
  EXPECT_TRUE(complete) << complete.error().message;
}

TEST(Content, LeavesNoTextEmpty) {
  for (const Language language : {Language::en, Language::ja}) {
    for (const auto& [key, text] : testing::real_content().texts(language)) {
      EXPECT_NE(text, "") << key;
    }
  }
}

TEST(Content, PromisesNoBreakthroughFromAMetric) {
  for (const auto& [key, text] : testing::real_content().texts(Language::en)) {
    EXPECT_EQ(text.find("reakthrough"), std::string::npos) << key;
  }
}

TEST_F(ContentFolder, NamesTheTextThatIsMissing) {
  write("en/a.json", R"({"one": "1"})");
  write("ja/a.json", R"({"one": "1"})");
  const auto complete = Content::load(folder_.path())->check({"a.one", "a.two"});
  ASSERT_FALSE(complete);
  EXPECT_EQ(complete.error().field, "a.two");
}

TEST_F(ContentFolder, NamesTheTextThatNothingUses) {
  write("en/a.json", R"({"one": "1", "two": "2"})");
  write("ja/a.json", R"({"one": "1", "two": "2"})");
  const auto complete = Content::load(folder_.path())->check({"a.one"});
  ASSERT_FALSE(complete);
  EXPECT_EQ(complete.error().field, "a.two");
}

TEST_F(ContentFolder, LeavesThePagesTextsToThePage) {
  write("en/ui.json", R"({"one": "1"})");
  write("ja/ui.json", R"({"one": "1"})");
  EXPECT_TRUE(Content::load(folder_.path())->check({}));
}

TEST(KeyFamily, StandsForEveryCombinationOfItsWords) {
  constexpr KeyFamily<protocol::Side, Language> kFamily("a.*.b.*");
  EXPECT_EQ(kFamily(protocol::Side::white, Language::ja).text(), "a.white.b.ja");
  EXPECT_THAT(kFamily.keys(), ::testing::UnorderedElementsAre("a.black.b.en", "a.white.b.en",
                                                              "a.black.b.ja", "a.white.b.ja"));
}

TEST(KeyFamily, MayBeASingleText) {
  constexpr KeyFamily kText("a.b");
  EXPECT_EQ(kText().text(), "a.b");
  EXPECT_THAT(kText.keys(), ::testing::ElementsAre("a.b"));
}

TEST_F(ContentFolder, FillsThePlacesOfAText) {
  write("en/a.json", R"({"hit": {"one": "{who} takes {what}."}})");
  write("ja/a.json", R"({"hit": {"one": "{who}は{what}"}})");
  const auto content = Content::load(folder_.path());
  ASSERT_TRUE(content) << content.error().message;
  constexpr KeyFamily kHit("a.hit.one");
  EXPECT_EQ(content->text(Language::en, kHit(), {{"who", "Black"}, {"what", "a pawn"}}),
            "Black takes a pawn.");
  EXPECT_EQ(content->text(Language::ja, kHit(), {{"what", "歩"}, {"who", "先手"}}), "先手は歩");
}

TEST_F(ContentFolder, RefusesALanguageThatLacksAText) {
  write("en/a.json", R"({"one": "1", "two": "2"})");
  write("ja/a.json", R"({"one": "1"})");
  const auto content = Content::load(folder_.path());
  ASSERT_FALSE(content);
  EXPECT_THAT(content.error().message, HasSubstr("a.two"));
}

TEST_F(ContentFolder, NamesTheFileThatIsNoJson) {
  write("en/a.json", "{");
  const auto content = Content::load(folder_.path());
  ASSERT_FALSE(content);
  EXPECT_THAT(content.error().message, HasSubstr("a.json"));
}

TEST(Percent, ShowsADigitMoreWhereItMatters) {
  EXPECT_EQ(percent(0.424), "42%");
  EXPECT_EQ(percent(0.034), "3.4%");
  EXPECT_EQ(percent(0.0002), "<0.1%");
  EXPECT_EQ(percent(0), "0.0%");
  EXPECT_EQ(percent(0.99), "99%");
  EXPECT_EQ(percent(0.9962), "99.6%");
  EXPECT_EQ(percent(0.9996), ">99.9%");
  EXPECT_EQ(percent(1), "100%");
}

}  // namespace
}  // namespace keisei::studio
