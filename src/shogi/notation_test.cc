#include <gtest/gtest.h>

#include <set>

#include "shogi/japanese.h"
#include "shogi/test_builders.h"
#include "shogi/western.h"

namespace keisei::shogi {
namespace {

using testing::position;

std::string western(std::string_view sfen, std::string_view usi) {
  const Position here = position(sfen);
  return to_western(here, parse_usi(usi, here).value());
}

std::string japanese(std::string_view sfen, std::string_view usi,
                     std::optional<Square> last_to = std::nullopt) {
  const Position here = position(sfen);
  return to_japanese(here, parse_usi(usi, here).value(), last_to);
}

constexpr std::string_view kStart =
    "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";

TEST(Western, WritesPlainMovesCapturesDropsAndPromotions) {
  EXPECT_EQ(western(kStart, "7g7f"), "P-7f");
  EXPECT_EQ(western("4k4/7p1/9/9/9/9/1B7/9/4K4 b - 1", "8g2a+"), "B-2a+");
  EXPECT_EQ(western("4k4/7p1/9/9/9/9/9/1B7/4K4 b - 1", "8h2b+"), "Bx2b+");
  EXPECT_EQ(western("4k4/9/9/9/9/9/9/9/4K4 b N 1", "N*5e"), "N*5e");
  EXPECT_EQ(western("4k4/9/9/2S6/9/9/9/9/4K4 b - 1", "7d7c"), "S-7c=");
  EXPECT_EQ(western("4k4/9/9/2+S6/9/9/9/9/4K4 b - 1", "7d7c"), "+S-7c");
}

TEST(Western, NamesTheOriginWhenTwoPiecesCouldGo) {
  EXPECT_EQ(western(kStart, "4i5h"), "G4i-5h");
  EXPECT_EQ(western(kStart, "6i7h"), "G-7h");
}

TEST(Western, DoesNotNameTheOriginForAPinnedRival) {
  EXPECT_EQ(western("4r3k/9/9/9/9/9/9/4G4/4K1G2 b - 1", "3i4h"), "G-4h");
}

TEST(Japanese, WritesSquareAndPiece) { EXPECT_EQ(japanese(kStart, "7g7f"), "▲７六歩"); }

TEST(Japanese, WritesASquareAlone) { EXPECT_EQ(to_japanese(parse_square("7f").value()), "７六"); }

TEST(Japanese, WritesTheSameSquareAsDou) {
  EXPECT_EQ(japanese("4k4/9/4p4/4G4/9/9/9/9/4K4 w - 1", "5c5d", Square(4, 3)), "△同　歩");
}

TEST(Japanese, SaysDropOnlyWhenAPieceCouldMoveThere) {
  EXPECT_EQ(japanese("4k4/9/9/9/9/9/9/9/4K4 b G 1", "G*5e"), "▲５五金");
  EXPECT_EQ(japanese("4k4/9/9/9/9/4G4/9/9/4K4 b G 1", "G*5e"), "▲５五金打");
}

TEST(Japanese, SaysWhetherAPieceThatCouldPromoteDid) {
  EXPECT_EQ(japanese("4k4/9/9/2S6/9/9/9/9/4K4 b - 1", "7d7c+"), "▲７三銀成");
  EXPECT_EQ(japanese("4k4/9/9/2S6/9/9/9/9/4K4 b - 1", "7d7c"), "▲７三銀不成");
  EXPECT_EQ(japanese("4k4/9/9/2+S6/9/9/9/9/4K4 b - 1", "7d7c"), "▲７三成銀");
}

TEST(Japanese, TellsTwoGoldsApartBySide) {
  EXPECT_EQ(japanese(kStart, "4i5h"), "▲５八金右");
  EXPECT_EQ(japanese(kStart, "6i5h"), "▲５八金左");
}

TEST(Japanese, MirrorsSidesForWhite) {
  EXPECT_EQ(japanese("lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1", "6a5b"),
            "△５二金右");
}

TEST(Japanese, PrefersTheMotionWhenItIsUnique) {
  const std::string_view golds = "4k4/9/9/9/3G5/4G4/9/9/4K4 b - 1";
  EXPECT_EQ(japanese(golds, "6e5e"), "▲５五金寄");
  EXPECT_EQ(japanese(golds, "5f5e"), "▲５五金上");
  EXPECT_EQ(japanese("4k4/9/9/3S5/9/3S5/9/9/4K4 b - 1", "6d5e"), "▲５五銀引");
}

TEST(Japanese, SaysStraightForAPieceBesideItsTwin) {
  const std::string_view golds = "4k4/9/9/9/9/3GG4/9/9/4K4 b - 1";
  EXPECT_EQ(japanese(golds, "5f5e"), "▲５五金直");
  EXPECT_EQ(japanese(golds, "6f5e"), "▲５五金左");
}

TEST(Japanese, CombinesSideAndMotionAmongManyPieces) {
  const std::string_view silvers = "4k4/9/9/3S1S3/9/3SS4/9/9/4K4 b - 1";
  EXPECT_EQ(japanese(silvers, "6f5e"), "▲５五銀左上");
  EXPECT_EQ(japanese(silvers, "5f5e"), "▲５五銀直");
  EXPECT_EQ(japanese(silvers, "6d5e"), "▲５五銀左引");
  EXPECT_EQ(japanese(silvers, "4d5e"), "▲５五銀右");
}

TEST(Japanese, CountsAPinnedRivalAsNewspapersDo) {
  EXPECT_EQ(japanese("4r3k/9/9/9/9/9/9/4G4/4K1G2 b - 1", "3i4h"), "▲４八金上");
}

TEST(Japanese, ComparesTwoDragonsWithEachOther) {
  const std::string_view dragons = "4k4/9/9/9/9/9/9/9/K2+R4+R b - 1";
  EXPECT_EQ(japanese(dragons, "6i5i"), "▲５九竜左");
  const std::string_view same_side = "4k4/9/9/9/9/9/9/9/+R+R6K b - 1";
  EXPECT_EQ(japanese(same_side, "8i7i"), "▲７九竜");
}

TEST(Notation, NamesEveryLegalMoveDifferently) {
  testing::visit_random_positions(51, 2'000 / testing::kSanitizerShare, [](const Game& game) {
    std::set<std::string> western_names;
    std::set<std::string> japanese_names;
    for (const Move move : game.legal_moves()) {
      western_names.insert(to_western(game.position(), move));
      japanese_names.insert(to_japanese(game.position(), move));
    }
    ASSERT_EQ(western_names.size(), game.legal_moves().size()) << game.position().sfen();
    ASSERT_EQ(japanese_names.size(), game.legal_moves().size()) << game.position().sfen();
  });
}

}  // namespace
}  // namespace keisei::shogi
