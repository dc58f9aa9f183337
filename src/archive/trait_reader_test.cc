#include "archive/trait_reader.h"

#include <gmock/gmock.h>

#include "archive/archive_test_kit.h"

namespace keisei::archive::testing {
namespace {

using shogi::Color;
using ::testing::Contains;
using ::testing::IsEmpty;

Traits traits_of(Moves moves) { return known_traits().read(game("run-3", std::move(moves)).game); }

TEST(TraitReader, FindsOpeningsAndCastles) {
  const Traits traits = traits_of(ranging_rook_with_mino());
  EXPECT_THAT(traits.openings_of[index(Color::black)], Contains("fourth_file_rook"));
  EXPECT_THAT(traits.openings_of[index(Color::white)], Contains("static_rook"));
  EXPECT_EQ(traits.castle_of[index(Color::black)], "mino");
  EXPECT_EQ(traits.castle_of[index(Color::white)], std::nullopt) << "a sitting king is none";
}

TEST(TraitReader, NamesTheCastleThatStoodWhenItNoLongerDoes) {
  Moves moves = ranging_rook_with_mino();
  moves.insert(moves.end(), {"9d9e", "2h1h"});
  EXPECT_EQ(traits_of(moves).castle_of[index(Color::black)], "mino");
}

TEST(TraitReader, StopsAtAMoveThatTheRulesDoNotAllow) {
  Moves moves = ranging_rook_with_mino();
  moves[10] = "9i1a";
  EXPECT_EQ(traits_of(moves).castle_of[index(Color::black)], std::nullopt);
  EXPECT_THAT(traits_of(moves).openings_of[index(Color::black)], Contains("fourth_file_rook"));
}

TEST(Traits, ComeBackFromTheStoresWords) {
  const Traits traits{{"double_static_rook"},
                      {{{"static_rook", "climbing_silver"}, {"static_rook"}}},
                      {{"mino", std::nullopt}}};
  const store::GameTraits words = words_of(traits);
  EXPECT_EQ(words.castles, " black/mino ");
  EXPECT_EQ(traits_in(words), traits);
  EXPECT_EQ(traits_in({}), Traits{});
  EXPECT_THAT(words_of(Traits{}).openings, IsEmpty());
}

TEST(TraitReader, KnowsTheIdsThatThereAre) {
  EXPECT_TRUE(known_traits().knows_castle("yagura"));
  EXPECT_TRUE(known_traits().knows_opening("static_rook"));
  EXPECT_FALSE(known_traits().knows_castle("static_rook"));
  EXPECT_FALSE(known_traits().knows_castle("sitting_king")) << "which no game is searched by";
  EXPECT_FALSE(known_traits().knows_opening(""));
}

}  // namespace
}  // namespace keisei::archive::testing
