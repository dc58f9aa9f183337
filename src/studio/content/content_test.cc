#include "studio/content/content.h"

#include <gmock/gmock.h>

#include <unistd.h>
#include <filesystem>

#include <fstream>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using ::testing::HasSubstr;

class ContentFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ =
        std::filesystem::temp_directory_path() / ("keisei-content-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_ / "en");
    std::filesystem::create_directories(folder_ / "ja");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file) << text;
  }
  std::filesystem::path folder_;
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
  const auto content = Content::load(folder_);
  ASSERT_TRUE(content) << content.error().message;
  EXPECT_EQ(content->text(Language::en, "a.hit.one", {{"who", "Black"}, {"what", "a pawn"}}),
            "Black takes a pawn.");
  EXPECT_EQ(content->text(Language::ja, "a.hit.one", {{"what", "歩"}, {"who", "先手"}}),
            "先手は歩");
}

TEST_F(ContentFolder, RefusesALanguageThatLacksAText) {
  write("en/a.json", R"({"one": "1", "two": "2"})");
  write("ja/a.json", R"({"one": "1"})");
  const auto content = Content::load(folder_);
  ASSERT_FALSE(content);
  EXPECT_THAT(content.error().message, HasSubstr("a.two"));
}

TEST_F(ContentFolder, NamesTheFileThatIsNoJson) {
  write("en/a.json", "{");
  const auto content = Content::load(folder_);
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
