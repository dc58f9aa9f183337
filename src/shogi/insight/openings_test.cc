#include "shogi/insight/openings.h"

#include <gmock/gmock.h>

#include <sstream>

#include "shogi/insight/test_squares.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::rotated;
using ::testing::UnorderedElementsAre;
using testing::visit_random_positions;

const Openings& known() {
  static const Openings openings =
      Openings::load(std::filesystem::path(KEISEI_SOURCE_DIR) / "content/openings.json").value();
  return openings;
}

Game played(std::string_view moves) {
  Game game;
  std::istringstream words{std::string(moves)};
  for (std::string word; words >> word;) {
    const auto move = parse_usi(word, game.position());
    if (!move) ADD_FAILURE() << word << ": " << move.error().message;
    game.play(move.value());
  }
  return game;
}

/// The same game with the board turned around: White begins.
Game turned(const Game& game) {
  Game other(rotated(game.start()));
  for (const Move move : game.moves()) {
    other.play(move.is_drop()
                   ? Move::drop(move.drop_type(), move.to().rotated())
                   : Move::board(move.from().rotated(), move.to().rotated(), move.is_promotion()));
  }
  return other;
}

auto players(const OpeningReading& reading, Color color) { return reading.player[index(color)]; }

struct Example {
  std::string_view name;
  std::string_view moves;
  std::vector<std::string_view> black;
  std::vector<std::string_view> white;
  std::vector<std::string_view> game;
};

void PrintTo(const Example& example, std::ostream* out) { *out << example.name; }

class OpeningExamples : public ::testing::TestWithParam<Example> {};

TEST_P(OpeningExamples, AreRecognised) {
  const OpeningReading reading = known().read(played(GetParam().moves));
  EXPECT_EQ(players(reading, Color::black), GetParam().black);
  EXPECT_EQ(players(reading, Color::white), GetParam().white);
  EXPECT_EQ(reading.game, GetParam().game);
}

TEST_P(OpeningExamples, AreRecognisedWithTheColorsExchanged) {
  const OpeningReading reading = known().read(turned(played(GetParam().moves)));
  EXPECT_EQ(players(reading, Color::white), GetParam().black);
  EXPECT_EQ(players(reading, Color::black), GetParam().white);
  EXPECT_EQ(reading.game, GetParam().game);
}

INSTANTIATE_TEST_SUITE_P(
    Known, OpeningExamples,
    ::testing::Values(
        Example{"nothing yet", "", {}, {}, {}},
        Example{"bishop's diagonals opened", "7g7f 3c3d", {}, {}, {}},
        Example{"fourth-file rook",
                "7g7f 8c8d 6g6f 8d8e 8h7g 7a6b 2h6h 5a4b",
                {"fourth_file_rook", "ranging_rook"},
                {"static_rook"},
                {"static_against_ranging_rook"}},
        Example{"third-file rook",
                "7g7f 8c8d 2h7h 8d8e 8h7g",
                {"third_file_rook", "ranging_rook"},
                {"static_rook"},
                {"static_against_ranging_rook"}},
        Example{"central rook",
                "7g7f 3c3d 5g5f 8c8d 2h5h",
                {"central_rook", "ranging_rook"},
                {"static_rook"},
                {"static_against_ranging_rook"}},
        Example{"opposing rook",
                "7g7f 8c8d 6g6f 8d8e 8h7g 7a6b 2h8h",
                {"opposing_rook", "ranging_rook"},
                {"static_rook"},
                {"static_against_ranging_rook"}},
        Example{"both rooks range",
                "7g7f 3c3d 6g6f 3d3e 2h6h 8b3b",
                {"fourth_file_rook", "ranging_rook"},
                {"third_file_rook", "ranging_rook"},
                {"double_ranging_rook"}},
        Example{"a rook that ranges on replaces its first file",
                "7g7f 8c8d 6g6f 8d8e 8h7g 7a6b 2h6h 5a4b 6h8h",
                {"opposing_rook", "ranging_rook"},
                {"static_rook"},
                {"static_against_ranging_rook"}},
        Example{"bishop exchange",
                "7g7f 8c8d 2g2f 3c3d 6i7h 4a3b 8h2b+ 3a2b",
                {"static_rook"},
                {"static_rook"},
                {"double_static_rook", "bishop_exchange"}},
        Example{"climbing silver",
                "2g2f 3c3d 2f2e 2b3c 3i3h 8c8d 3h2g 8d8e 2g2f",
                {"static_rook", "climbing_silver"},
                {"static_rook"},
                {"double_static_rook"}},
        Example{"double wing attack",
                "2g2f 8c8d 2f2e 8d8e 6i7h 4a3b",
                {"static_rook"},
                {"static_rook"},
                {"double_static_rook", "double_wing_attack"}},
        Example{"side pawn",
                "7g7f 3c3d 2g2f 8c8d 2f2e 8d8e 6i7h 4a3b 2e2d 2c2d 2h2d 8e8f 8g8f 8b8f 2d3d",
                {"static_rook", "side_pawn"},
                {"static_rook"},
                {"double_static_rook"}},
        Example{"right fourth-file rook",
                "7g7f 8c8d 4g4f 8d8e 8h7g 3c3d 3i4h 4a3b 4h4g 5a5b 4g5f 7a6b 2h4h",
                {"static_rook", "right_fourth_file_rook"},
                {"static_rook"},
                {"double_static_rook"}}));

TEST(Openings, DoNotTakeASilverInARangingGameForAClimbingOne) {
  const auto game =
      played("7g7f 3c3d 6g6f 8c8d 2h6h 5a4b 3i2h 4b3b 2g2f 7a6b 2h2g 6a5b 2f2e 5c5d 2g2f");
  EXPECT_THAT(players(known().read(game), Color::black), Not(Contains("climbing_silver")));
}

TEST(Openings, NeedBothBishopsForAnExchange) {
  const auto game = played("7g7f 8c8d 2g2f 3c3d 6i7h 4a3b 8h2b+");
  EXPECT_THAT(known().read(game).game, ElementsAre("double_static_rook"));
}

TEST(Openings, AreDecidedInTheFirstPlies) {
  auto openings = Openings::parse(R"({"plies": 1, "openings": [
      {"id": "central_rook", "when": [{"piece": "rook", "on": ["5h"]}]}]})");
  EXPECT_THAT(players(openings->read(played("2h5h")), Color::black), ElementsAre("central_rook"));
  EXPECT_THAT(players(openings->read(played("7g7f 3c3d 2h5h")), Color::black), IsEmpty());
}

TEST(Openings, UnderstandEveryCondition) {
  const auto openings = Openings::parse(R"({"plies": 40, "openings": [
      {"id": "own", "when": [{"piece": "pawn", "on": ["7f"]}]},
      {"id": "enemy", "when": [{"enemy": "pawn", "on": ["3d"]}]},
      {"id": "hand", "when": [{"hand": "bishop"}]},
      {"id": "captured", "when": [{"captured": "bishop"}]},
      {"id": "moved", "when": [{"moved": "bishop"}]},
      {"id": "opening", "when": [{"opening": "own"}]},
      {"id": "all", "when": [{"all": [{"hand": "bishop"}, {"hand": "rook"}]}]},
      {"id": "any", "when": [{"any": [{"hand": "bishop"}, {"hand": "rook"}]}]},
      {"id": "none", "when": [{"none": [{"piece": "bishop", "on": ["**"]}]}]},
      {"id": "one", "one": [{"moved": "bishop"}], "other": [{"none": [{"moved": "bishop"}]}]}]})");
  ASSERT_TRUE(openings) << openings.error().message;
  const OpeningReading reading = openings->read(played("7g7f 3c3d 8h2b+"));
  EXPECT_THAT(
      players(reading, Color::black),
      UnorderedElementsAre("own", "enemy", "hand", "captured", "moved", "opening", "any", "none"));
  EXPECT_THAT(players(reading, Color::white),
              UnorderedElementsAre("own", "enemy", "opening", "none"));
  EXPECT_THAT(reading.game, ElementsAre("one"));
}

TEST(Openings, EndWhenTheyDoNotLast) {
  const auto openings = Openings::parse(R"({"plies": 40, "openings": [
      {"id": "lasting", "when": [{"piece": "rook", "on": ["5h"]}]},
      {"id": "passing", "lasting": false, "when": [{"piece": "rook", "on": ["5h"]}]}]})");
  EXPECT_THAT(players(openings->read(played("2h5h")), Color::black),
              ElementsAre("lasting", "passing"));
  EXPECT_THAT(players(openings->read(played("2h5h 3c3d 5h2h")), Color::black),
              ElementsAre("lasting"));
}

TEST(OpeningTracker, SaysAtEveryPlyWhatReadingTheGameSays) {
  visit_random_positions(
      61, 3000 / testing::kSanitizerShare,
      [tracker = OpeningTracker(known(), Position::startpos())](const Game& game) mutable {
        if (game.ply() == 0) {
          tracker = OpeningTracker(known(), game.start());
        } else {
          tracker.play(game.moves().back());
        }
        const OpeningReading a = tracker.reading();
        const OpeningReading b = known().read(game);
        ASSERT_EQ(a.player, b.player);
        ASSERT_EQ(a.game, b.game);
      });
}

TEST(Openings, GiveAPlayerOneRookAtMost) {
  visit_random_positions(62, 20000 / testing::kSanitizerShare, [](const Game& game) {
    const OpeningReading reading = known().read(game);
    for (const auto& held : reading.player) {
      int rooks = 0;
      for (const auto id : held) {
        for (const Opening& opening : known().all()) {
          rooks += opening.id == id && opening.group == "rook" ? 1 : 0;
        }
      }
      ASSERT_LE(rooks, 1);
    }
  });
}

std::string error_of(std::string_view openings) {
  const auto parsed =
      Openings::parse("{\"plies\": 40, \"openings\": [" + std::string(openings) + "]}");
  return parsed ? "" : parsed.error().message;
}

TEST(OpeningDefinitions, NameEntryAndCause) {
  EXPECT_EQ(error_of(R"({"id": "a", "when": [{"peace": "rook"}]})"),
            "openings.json: opening 'a', when[0]: is no condition (piece, enemy, hand, captured, "
            "moved, opening, all, any or none)");
  EXPECT_EQ(error_of(R"({"id": "a", "when": [{"hand": "dragon"}]})"),
            "openings.json: opening 'a', when[0].hand: is no piece that a hand can hold");
  EXPECT_EQ(error_of(R"({"id": "a"})"), "openings.json: opening 'a': 'when' is missing");
  EXPECT_EQ(error_of(R"({"id": "a", "lasting": false, "group": "g", "when": [{"hand": "rook"}]})"),
            "openings.json: opening 'a', group: only lasting openings may have a group");
}

TEST(OpeningDefinitions, RefuseAReferenceToWhatComesLater) {
  EXPECT_THAT(error_of(R"({"id": "a", "when": [{"opening": "b"}]},
                          {"id": "b", "when": [{"hand": "rook"}]})"),
              HasSubstr("opening 'a', when[0].opening: no opening 'b' is defined above"));
}

TEST(OpeningDefinitions, RefuseAReferenceToAnOpeningOfTheGame) {
  EXPECT_THAT(error_of(R"({"id": "a", "both": [{"hand": "rook"}]},
                          {"id": "b", "when": [{"opening": "a"}]})"),
              HasSubstr("'a' is an opening of the game, not of a player"));
}

TEST(OpeningDefinitions, RefuseMorePliesThanAGameHas) {
  const auto parsed = Openings::parse(R"({"plies": 1000, "openings": []})");
  ASSERT_FALSE(parsed);
  EXPECT_EQ(parsed.error().message, "openings.json: plies: must be a whole number from 1 to 512");
}

}  // namespace
}  // namespace keisei::shogi
