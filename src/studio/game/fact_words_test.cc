#include "studio/game/fact_words.h"

#include <gmock/gmock.h>

#include <set>

#include "shogi/insight/move_reader.h"
#include "studio/studio_test_kit.h"
#include "views/move_view.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using shogi::MoveRule;

/// What the fact says of a move of no known game.
std::string sentence(const char* sfen, const char* usi, MoveRule rule, Level level,
                     Language language = Language::en) {
  const Content& content = testing::real_content();
  const auto before = shogi::Position::from_sfen(sfen).value();
  const auto move = shogi::parse_usi(usi, before).value();
  const auto facts =
      shogi::MoveReader(content.castles(), content.openings()).read(before, move, std::nullopt);
  const shogi::MoveFact* fact = find_fact(facts, rule);
  if (fact == nullptr) return "no such fact";
  ToldFact told{*fact};
  if (!fact->move.is_none()) {
    told.mate = views::view_of(before, fact->move, std::nullopt);
    told.mater =
        fact->move.is_drop() ? fact->move.drop_type() : type_of(before.piece_on(fact->move.from()));
  }
  return FactWords(content).sentence(told, shown_move(before, move, std::nullopt), level, language);
}

/// The names of the places of a text: "piece" of "{piece}".
std::set<std::string> places(const std::string& text) {
  std::set<std::string> found;
  for (std::size_t open = text.find('{'); open != std::string::npos;
       open = text.find('{', open + 1)) {
    found.insert(text.substr(open + 1, text.find('}', open) - open - 1));
  }
  return found;
}

const std::string& text_of(MoveRule rule, Level level, Language language) {
  const std::string key =
      "facts." + std::string(keisei::to_string(rule)) + "." + std::string(keisei::to_string(level));
  return testing::real_content().texts(language).at(key);
}

TEST(FactWords, HaveASentenceForEveryRuleLevelAndLanguage) {
  for (const MoveRule rule : enumerators<MoveRule>()) {
    for (const Level level : protocol::enumerators<Level>()) {
      for (const Language language : protocol::enumerators<Language>()) {
        EXPECT_NE(text_of(rule, level, language), "");
      }
    }
  }
}

TEST(FactWords, FillEveryPlaceOfTheirSentences) {
  const std::set<std::string> known = {
      "side",  "opponent",     "piece",   "moved", "square", "target", "target_square",
      "other", "other_square", "targets", "move",  "deed",   "skewer", "pawns",
      "count", "standing",     "points",  "parts", "needed", "name",   "about"};
  for (const MoveRule rule : enumerators<MoveRule>()) {
    for (const Level level : protocol::enumerators<Level>()) {
      for (const Language language : protocol::enumerators<Language>()) {
        for (const std::string& place : places(text_of(rule, level, language))) {
          EXPECT_TRUE(known.contains(place)) << keisei::to_string(rule) << ": {" << place << "}";
        }
      }
    }
  }
}

// Beginners do not read notations, and are told no terms of the trade.
TEST(FactWords, TellBeginnersPiecesAndSquaresInsteadOfNotation) {
  for (const MoveRule rule : enumerators<MoveRule>()) {
    const std::string& text = text_of(rule, Level::beginner, Language::en);
    EXPECT_FALSE(places(text).contains("move")) << text;
    EXPECT_FALSE(places(text).contains("pawns")) << text;
  }
}

TEST(FactWords, SayWhatACaptureMeans) {
  const char* board = "4k4/9/9/7g1/9/9/9/7R1/4K4 b - 1";
  EXPECT_EQ(sentence(board, "2h2d", MoveRule::undefended_taken, Level::beginner),
            "The rook takes the undefended gold: nothing can take back.");
  EXPECT_EQ(sentence(board, "2h2d", MoveRule::undefended_taken, Level::advanced),
            "The gold on 2d was undefended (material balance +12).");
}

TEST(FactWords, NameTheMateThatWasMissed) {
  const char* board = "4k4/9/4P4/9/9/9/9/9/4K4 b G 1";
  EXPECT_EQ(sentence(board, "5i5h", MoveRule::mate_in_1_missed, Level::beginner),
            "Black missed checkmate: dropping a gold on 5b would have ended the game at once.");
  EXPECT_EQ(sentence(board, "5i5h", MoveRule::mate_in_1_missed, Level::beginner, Language::ja),
            "先手は勝ちを逃しました。５二に金を打つ手で詰みでした。");
  EXPECT_EQ(sentence(board, "5i5h", MoveRule::mate_in_1_missed, Level::intermediate),
            "Black missed a mate in one: G*5b.");
  EXPECT_EQ(sentence(board, "5i5h", MoveRule::mate_in_1_missed, Level::intermediate, Language::ja),
            "先手は▲５二金の一手詰めを逃しました。");
}

TEST(FactWords, SayWhichPieceWouldHaveMatedAndHow) {
  const char* board = "4k4/9/4P4/9/9/9/9/9/K3L4 b - 1";
  EXPECT_EQ(
      sentence(board, "9i9h", MoveRule::mate_in_1_missed, Level::beginner),
      "Black missed checkmate: moving the pawn from 5c to 5b and promoting it would have ended "
      "the game at once.");
  EXPECT_EQ(sentence(board, "9i9h", MoveRule::mate_in_1_missed, Level::beginner, Language::ja),
            "先手は勝ちを逃しました。５三の歩を５二へ動かして成る手で詰みでした。");
}

TEST(FactWords, CallTheSkewerOfALanceByItsOwnName) {
  const char* board = "4k4/9/2g6/9/2r6/9/9/9/1K7 b L 1";
  EXPECT_EQ(sentence(board, "L*7i", MoveRule::skewer, Level::intermediate, Language::ja),
            "飛車と金の田楽刺しです。");
  EXPECT_EQ(sentence("4k4/9/2g6/9/2+r6/9/9/9/1K7 b R 1", "R*7i", MoveRule::skewer,
                     Level::intermediate, Language::ja),
            "竜と金の串刺しです。");
}

TEST(FactWords, NameBothPiecesOfAFork) {
  const char* board = "4k4/1g1s5/9/9/9/9/9/9/4K4 b N 1";
  EXPECT_EQ(sentence(board, "N*7d", MoveRule::fork, Level::intermediate),
            "A fork: the knight attacks the gold on 8b and the silver on 6b.");
  EXPECT_EQ(sentence(board, "N*7d", MoveRule::fork, Level::intermediate, Language::ja),
            "両取りです。８二の金と６二の銀を狙っています。");
}

TEST(FactWords, SayOfAForkWithCheckWhatPlayersSay) {
  EXPECT_EQ(sentence("9/1r5k1/9/9/9/9/9/9/4K4 b B 1", "B*5e", MoveRule::fork_with_check,
                     Level::intermediate, Language::ja),
            "王手飛車取りです。");
}

TEST(FactWords, NameACastle) {
  const char* board = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP5/PPBSPPPPP/3R2SK1/LN1G1G1NL b - 1";
  EXPECT_EQ(sentence(board, "6i5h", MoveRule::castle_completed, Level::intermediate),
            "Black completes a castle: Mino castle.");
  EXPECT_EQ(sentence(board, "6i5h", MoveRule::castle_completed, Level::intermediate, Language::ja),
            "先手の美濃囲いが完成しました。");
}

TEST(FactWords, TellWhichPieceLeavesACastleAndHowManyStay) {
  const char* board = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP5/PPBSPPPPP/3RG1SK1/LN3G1NL b - 1";
  EXPECT_EQ(sentence(board, "5h5i", MoveRule::castle_left, Level::intermediate),
            "The gold leaves 5h: Black's Mino castle is down to 3 of 4 pieces.");
  EXPECT_EQ(sentence(board, "2h1h", MoveRule::castle_left, Level::intermediate, Language::ja),
            "２八の玉が離れて、先手の美濃囲いが崩れました（4枚中3枚）。");
}

// Western squares in Japanese sentences were a fault of the page.
TEST(FactWords, WriteJapaneseSquaresInJapanese) {
  EXPECT_EQ(sentence("4k4/9/9/9/2s6/9/9/9/4K4 b R 1", "R*2e", MoveRule::attack, Level::advanced,
                     Language::ja),
            "７五の銀取りです。");
}

}  // namespace
}  // namespace keisei::studio
