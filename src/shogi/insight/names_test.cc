#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <string>

#include "shogi/insight/castles.h"
#include "shogi/insight/definitions.h"
#include "shogi/insight/openings.h"

namespace keisei::shogi {
namespace {

const std::filesystem::path kContent = std::filesystem::path(KEISEI_SOURCE_DIR) / "content";

class Names : public ::testing::TestWithParam<std::string> {
 protected:
  /// Every id of a group has a name and an explanation, and nothing else has.
  template <typename Definitions>
  void expect_names(std::string_view group, const Definitions& definitions) {
    const auto file = kContent / GetParam() / "shogi_names.json";
    const auto text = definitions_text(file).value();
    const auto document = boost::json::parse(text);
    const auto& names = document.at(group).as_object();
    EXPECT_EQ(names.size(), definitions.size());
    for (const auto& definition : definitions) {
      const auto* name = names.if_contains(definition.id);
      ASSERT_NE(name, nullptr) << definition.id << " has no name in " << file;
      EXPECT_FALSE(name->at("name").as_string().empty());
      EXPECT_FALSE(name->at("about").as_string().empty());
    }
  }
};

TEST_P(Names, CoverEveryCastle) {
  expect_names("castles", Castles::load(kContent / "castles.json").value().all());
}

TEST_P(Names, CoverEveryOpening) {
  expect_names("openings", Openings::load(kContent / "openings.json").value().all());
}

INSTANTIATE_TEST_SUITE_P(Languages, Names, ::testing::Values("en", "ja"),
                         [](const auto& language) { return language.param; });

}  // namespace
}  // namespace keisei::shogi
