#include "studio/content/content.h"

#include <gmock/gmock.h>

#include <filesystem>

#include "base/testing/temporary_folder.h"
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
  }
  void write(const std::string& file, const std::string& text) const { folder_.write(file, text); }
  TemporaryFolder folder_;
};

TEST(Content, HasEveryTextInBothLanguages) {
  const Content& content = testing::real_content();
  EXPECT_EQ(content.keys(Language::en), content.keys(Language::ja));
  EXPECT_GT(content.keys(Language::en).size(), 100u);
}

TEST(Content, LeavesNoTextEmpty) {
  for (const Language language : {Language::en, Language::ja}) {
    for (const std::string& key : testing::real_content().keys(language)) {
      EXPECT_NE(testing::real_content().text(language, key), "") << key;
    }
  }
}

TEST(Content, PromisesNoBreakthroughFromAMetric) {
  for (const std::string& key : testing::real_content().keys(Language::en)) {
    EXPECT_EQ(testing::real_content().text(Language::en, key).find("reakthrough"),
              std::string::npos);
  }
}

TEST_F(ContentFolder, FillsThePlacesOfAText) {
  write("en/a.json", R"({"hit": {"one": "{who} takes {what}."}})");
  write("ja/a.json", R"({"hit": {"one": "{who}は{what}"}})");
  const auto content = Content::load(folder_.path());
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->text(Language::en, "a.hit.one", {{"who", "Black"}, {"what", "a pawn"}}),
            "Black takes a pawn.");
  EXPECT_EQ(content->text(Language::ja, "a.hit.one", {{"what", "歩"}, {"who", "先手"}}),
            "先手は歩");
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
}

}  // namespace
}  // namespace keisei::studio
