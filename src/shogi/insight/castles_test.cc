#include "shogi/insight/castles.h"

#include <gmock/gmock.h>

#include "shogi/insight/test_squares.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::after;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::position;
using testing::rotated;

const Castles& known() {
  static const Castles castles =
      Castles::load(std::filesystem::path(KEISEI_SOURCE_DIR) / "content/castles.json").value();
  return castles;
}

CastleProgress progress(const Position& board, Color color, std::string_view id) {
  for (const CastleProgress& castle : known().progress(board, color)) {
    if (castle.id == id) return castle;
  }
  ADD_FAILURE() << "no castle " << id;
  return {};
}

std::string best(const Position& board, Color color) {
  const auto castle = known().best(board, color);
  return castle ? std::string(castle->id) : "none";
}

struct Example {
  std::string_view id;
  std::string_view sfen;  // Black has the castle
};

/// So that a failing case is named by the castle.
void PrintTo(const Example& example, std::ostream* out) { *out << example.id; }

class CastleExamples : public ::testing::TestWithParam<Example> {};

TEST_P(CastleExamples, AreNamedForBlack) {
  const auto board = position(GetParam().sfen);
  EXPECT_EQ(best(board, Color::black), GetParam().id);
  EXPECT_EQ(progress(board, Color::black, GetParam().id).fraction, 1);
}

TEST_P(CastleExamples, AreNamedForWhite) {
  EXPECT_EQ(best(rotated(position(GetParam().sfen)), Color::white), GetParam().id);
}

TEST_P(CastleExamples, AreNotCompleteWithoutTheKing) {
  Position board = position(GetParam().sfen);
  Position without = Position::empty();
  const Square king = board.king_square(Color::black);
  (board.occupied() - Bitboard(king)).for_each([&](Square square) {
    without.put(square, board.piece_on(square));
  });
  EXPECT_LT(progress(without, Color::black, GetParam().id).fraction, 1);
}

// White is at home in all of them; Black's other pieces stand where such games have them.
INSTANTIATE_TEST_SUITE_P(
    Known, CastleExamples,
    ::testing::Values(
        Example{"mino", "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP5/PPBSPPPPP/3RG1SK1/LN3G1NL b - 1"},
        Example{"half_mino", "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP5/PPBSPPPPP/3R2SK1/LN1G1G1NL b - 1"},
        Example{"high_mino", "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP1P3/PPBSPG1PP/3R2SK1/LN3G1NL b P 1"},
        Example{"silver_crown",
                "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP1P1P1/PPBSPGPSP/3R2GK1/LN5NL b - 1"},
        Example{"diamond_mino",
                "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP1P3/PPB1PSPPP/3RG1SK1/LN3G1NL b - 1"},
        Example{"ranging_anaguma",
                "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP5/PPBSPPPPP/3R2GSL/LN4GNK b - 1"},
        Example{"static_anaguma",
                "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P4P1/PPBPPPP1P/LSG4R1/KNG3SNL b - 1"},
        Example{"yagura", "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PPP2P1/PPSG1PP1P/1KG2S1R1/LN1B3NL b - 1"},
        Example{"left_mino",
                "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P4P1/PPBPPPP1P/1KS1G2R1/LN1G2SNL b - 1"},
        Example{"boat", "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P4P1/PP1PPPP1P/1BK1G2R1/LNSG2SNL b - 1"},
        Example{"elmo", "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P4P1/PP1PPPP1P/1BKS3R1/LNG2GSNL b - 1"},
        Example{"crab", "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P4P1/PP1PPPP1P/1BGSG2R1/LN1K2SNL b - 1"},
        Example{"snow_roof",
                "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PPP2P1/PP1SSPP1P/1BG1G2R1/LN1K3NL b - 1"},
        Example{"central_house",
                "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P4P1/PP1PPPP1P/1BG1K1GR1/LNS3SNL b - 1"},
        Example{"sitting_king",
                "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1"}));

TEST(Castles, HaveMadeNoProgressAtTheStartButForTheSittingKing) {
  for (const CastleProgress& castle : known().progress(Position::startpos(), Color::white)) {
    EXPECT_EQ(castle.fraction, castle.id == "sitting_king" ? 1 : 0) << castle.id;
  }
}

TEST(Castles, GrowMoveByMove) {
  // Black's moves towards a Mino, the rook having left for the fourth file; White passes.
  Position board = position("lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B1R5/LNSGKGSNL b - 1");
  std::vector<double> seen;
  for (const auto move : {"5i4h", "4h3h", "3h2h", "3i3h", "6i5h"}) {
    board = after(board, {move});
    board.set_side_to_move(Color::black);
    seen.push_back(progress(board, Color::black, "mino").fraction);
  }
  EXPECT_THAT(seen, ElementsAre(0, 0, 1.0 / 3, 2.0 / 3, 1));
}

TEST(Castles, FallWhenAPieceOfThemIsGone) {
  const auto intact = position("4k4/9/9/9/9/9/9/4G1SK1/5G1NL b - 1");
  const auto broken = position("4k4/9/9/9/9/9/9/4G2K1/5G1NL b - 1");
  EXPECT_EQ(progress(intact, Color::black, "mino").fraction, 1);
  EXPECT_LT(progress(broken, Color::black, "mino").fraction, 1);
}

TEST(Castles, AreNotMadeOfTheEnemysPieces) {
  EXPECT_EQ(best(position("4k4/9/9/9/9/9/9/4g1sK1/5g1NL b - 1"), Color::black), "none");
}

std::string error_of(std::string_view json) {
  const auto castles = Castles::parse(json);
  return castles ? "" : castles.error().message;
}

TEST(CastleDefinitions, NameTheLineThatIsNoJson) {
  EXPECT_THAT(error_of("{\n \"castles\": [\n  oops ]}"), HasSubstr("castles.json: line 3: "));
}

TEST(CastleDefinitions, NameEntryAndCause) {
  EXPECT_EQ(
      error_of(R"({"castles": [{"id": "fort", "parts": [{"piece": "kink", "on": ["5i"]}]}]})"),
      "castles.json: castle 'fort', parts[0].piece: 'kink' is no kind of piece");
  EXPECT_EQ(
      error_of(R"({"castles": [{"id": "fort", "parts": [{"piece": "king", "on": ["5j"]}]}]})"),
      "castles.json: castle 'fort', parts[0].on[0]: '5j' is no square (7g), file (7*) or rank "
      "(*g)");
  EXPECT_EQ(error_of(R"({"castles": [{"id": "fort", "parts": [{"piece": "king"}]}]})"),
            "castles.json: castle 'fort', parts[0]: 'on' is missing");
  EXPECT_EQ(error_of(R"({"castles": [{"id": "fort", "parts": []}]})"),
            "castles.json: castle 'fort', parts: must not be empty");
  EXPECT_EQ(error_of(R"({"castles": [{"parts": []}]})"),
            "castles.json: castles[0]: 'id' is missing");
  EXPECT_EQ(error_of("[]"), "castles.json: must be an object");
}

TEST(CastleDefinitions, RefuseAKeyThatNobodyReads) {
  EXPECT_THAT(error_of(R"({"castles": [{"id": "fort", "part": []}]})"),
              HasSubstr("castle 'fort': 'part' is not a key here"));
}

TEST(CastleDefinitions, RefuseTheSameIdTwice) {
  EXPECT_THAT(error_of(R"({"castles": [{"id": "a"}, {"id": "a"}]})"),
              HasSubstr("castles[1].id: 'a' is defined twice"));
}

TEST(CastleDefinitions, RefusePartsThatCouldBeTheSamePiece) {
  EXPECT_THAT(error_of(R"({"castles": [{"id": "fort", "parts": [{"piece": "king", "on": ["5i"]},
                           {"piece": "gold", "on": ["4i"]}, {"piece": "gold", "on": ["*i"]}]}]})"),
              HasSubstr("castle 'fort': parts 1 and 2 name the same piece on the same square"));
}

TEST(CastleDefinitions, SayThatAFileIsMissing) {
  const auto castles = Castles::load("/nowhere/castles.json");
  ASSERT_FALSE(castles);
  EXPECT_EQ(castles.error().message, "/nowhere/castles.json: cannot be read");
}

}  // namespace
}  // namespace keisei::shogi
