#include "studio/forecast/verdict.h"

#include <gmock/gmock.h>

#include <map>
#include <string>

#include "protocol/enums.h"
#include "shogi/insight/fact_test_kit.h"
#include "studio/forecast/verdict_judge.h"
#include "studio/forecast/verdict_words.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using shogi::Color;
using shogi::PieceType;

constexpr double kForBlack = 0.7;
constexpr double kForWhite = 0.3;

Verdict on(const std::string& sfen, double black_score) {
  return verdict_of(shogi::Position::from_sfen(sfen).value(), black_score);
}
std::optional<VerdictCause> cause(const std::string& sfen, double black_score = kForBlack) {
  return on(sfen, black_score).cause;
}
std::string sentence(const std::string& sfen, double black_score, Level level = Level::intermediate,
                     Language language = Language::en) {
  return VerdictWords(testing::real_content()).sentence(on(sfen, black_score), level, language);
}

const std::string kStart = "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";

TEST(Verdict, LeansAsTheFigureThatIsRead) {
  for (const auto& [score, lean] : {std::pair(0.5, Lean::even),
                                    {0.5449, Lean::even},
                                    {0.545, Lean::slight},
                                    {0.6449, Lean::slight},
                                    {0.645, Lean::clear},
                                    {0.7949, Lean::clear},
                                    {0.795, Lean::heavy}}) {
    EXPECT_EQ(on(kStart, score).lean, lean) << score;
    EXPECT_EQ(on(kStart, score).side, Color::black);
  }
  EXPECT_EQ(on(kStart, 0.4551).lean, Lean::even);
  EXPECT_EQ(on(kStart, 0.3).lean, Lean::clear);
  EXPECT_EQ(on(kStart, 0.3).side, Color::white);
}

TEST(Verdict, GivesNoCauseThatIsNotThere) {
  EXPECT_EQ(cause(kStart), std::nullopt);
  EXPECT_EQ(sentence(kStart, 0.6), "The forecast leans towards Black.");
}

TEST(Verdict, GivesNoCauseForAnEvenForecast) {
  // Black has a rook more.
  const std::string ahead = "lnsgkgsnl/7b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b R 1";
  EXPECT_EQ(cause(ahead, 0.53), std::nullopt);
  EXPECT_EQ(sentence(ahead, 0.53), "The forecast is about even.");
}

TEST(Verdict, GivesNoCauseThatSpeaksForTheOtherSide) {
  EXPECT_EQ(cause("lnsgkgsnl/7b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b R 1", kForWhite),
            std::nullopt);
}

TEST(Verdict, SeesAMateOfTheSideToMove) {
  // G*5b mates.
  const std::string mate = "4k4/9/4P4/9/9/9/9/9/4K4 b G 1";
  EXPECT_EQ(cause(mate), VerdictCause::mate);
  EXPECT_EQ(cause("4k4/9/9/4P4/9/9/9/9/4K4 b G 1"), VerdictCause::material) << "too far away";
  EXPECT_EQ(cause(mate, kForWhite), std::nullopt);
}

TEST(Verdict, SeesThatAMateInOneIsThreatened) {
  EXPECT_EQ(cause("4k4/9/4P4/9/9/9/9/9/4K4 w G 1"), VerdictCause::mate_threat);
  EXPECT_EQ(cause("4k4/9/9/4P4/9/9/9/9/4K4 w G 1"), VerdictCause::material);
}

TEST(Verdict, CountsTheAnswersToACheck) {
  // The king in the corner can step off the file, to 2a or 2b.
  const Verdict two = on("8k/9/9/9/8R/9/9/9/4K4 w - 1", kForBlack);
  EXPECT_EQ(two.cause, VerdictCause::few_answers);
  EXPECT_EQ(two.count, 2);
  // With a lance on 2a only to 2b.
  const std::string one = "7lk/9/9/9/8R/9/9/9/4K4 w - 1";
  EXPECT_EQ(cause(one), VerdictCause::only_answer);
  EXPECT_EQ(sentence(one, kForBlack),
            "The forecast favours Black: White is in check with a single legal answer.");
  // On the edge there are four.
  EXPECT_NE(cause("4k4/9/9/9/4R4/9/9/9/4K4 w - 1"), VerdictCause::few_answers);
}

TEST(Verdict, SeesAKingThatHasNowhereToGoUnderAttack) {
  // Gold and pawn beside it; silver and rook attack the square that is left.
  const Verdict verdict = on("7gk/8p/6S2/9/9/9/9/9/4K2R1 b - 1", kForBlack);
  EXPECT_EQ(verdict.cause, VerdictCause::no_escape);
  EXPECT_EQ(verdict.count, 2);
  EXPECT_EQ(cause("7gk/8p/9/9/9/9/9/9/4K2R1 b - 1"), std::nullopt) << "only the rook does";
  EXPECT_NE(cause("7gk/9/6S2/9/9/9/9/9/4K2R1 b - 1"), VerdictCause::no_escape) << "1b is free";
}

TEST(Verdict, SeesAPieceThatHasChangedSides) {
  const std::string rook = "lnsgkgsnl/7b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b R 1";
  EXPECT_EQ(cause(rook), VerdictCause::piece);
  EXPECT_EQ(on(rook, kForBlack).piece, PieceType::rook);
  EXPECT_EQ(sentence(rook, kForBlack), "The forecast favours Black: Black is a rook ahead.");
  EXPECT_EQ(sentence(rook, kForBlack, Level::intermediate, Language::ja),
            "予測は先手有利です。先手の飛車得です。");
  // White has got two golds for it, which are worth more.
  EXPECT_EQ(cause("lnsgkgsnl/7b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNS1K1SNL b R2g 1"), std::nullopt);
  // And three pawns.
  EXPECT_EQ(cause("lnsgkgsnl/7b1/ppppppppp/9/9/9/3PPPPPP/1B5R1/LNSGKGSNL b R3p 1"),
            VerdictCause::material);
}

TEST(Verdict, SeesATradeThatGained) {
  // A rook for a silver.
  const std::string trade = "lnsgkgsnl/7b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LN1GKGSNL b Rs 1";
  EXPECT_EQ(cause(trade), VerdictCause::trade);
  EXPECT_EQ(sentence(trade, kForBlack),
            "The forecast favours Black: Black has a rook for a silver.");
  // A gold for a silver is next to nothing.
  EXPECT_EQ(cause("lnsgk1snl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LN1GKGSNL b Gs 1"),
            std::nullopt);
}

TEST(Verdict, SeesALeadOfTwoPawnsButNotOfOne) {
  EXPECT_EQ(cause("lnsgkgsnl/1r5b1/2ppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b 2P 1"),
            VerdictCause::material);
  EXPECT_EQ(cause("lnsgkgsnl/1r5b1/1pppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b P 1"), std::nullopt);
}

TEST(Verdict, SeesMorePiecesNearOneKingThanNearTheOther) {
  const Verdict verdict = on("4k4/9/6S2/4N3B/9/9/9/9/4K4 b bsn 1", kForBlack);
  EXPECT_EQ(verdict.cause, VerdictCause::king_attack);
  EXPECT_EQ(verdict.count, 3);
  EXPECT_EQ(cause("4k4/9/6S2/8B/9/9/9/9/4K4 b Nbsn 1"), std::nullopt) << "two";
}

// Slow code that shares nothing with it finds nothing that it says untrue, and no plain cause that
// it leaves out.
TEST(Verdict, IsTrueOfRandomGames) {
  std::map<VerdictCause, int> said;
  shogi::testing::visit_random_positions(
      71, 4000 / shogi::testing::kSanitizerShare, [&](const shogi::Game& game) {
        const shogi::Position& position = game.position();
        for (const double score : {kForBlack, kForWhite}) {
          const Verdict verdict = verdict_of(position, score);
          const testing::VerdictJudge judge(position, verdict.side);
          if (verdict.cause) {
            ++said[*verdict.cause];
            EXPECT_TRUE(judge.holds(verdict))
                << keisei::to_string(*verdict.cause) << " " << position.sfen();
          } else {
            EXPECT_FALSE(judge.has_a_plain_cause()) << position.sfen();
          }
        }
      });
  if (shogi::testing::kSanitizerShare > 1) return;  // too few positions for the rare ones
  for (const VerdictCause cause : protocol::enumerators<VerdictCause>()) {
    EXPECT_GT(said[cause], 0) << keisei::to_string(cause);
  }
}

TEST(Verdict, HasWordsForEverythingInBothLanguagesAtEveryLevel) {
  const VerdictWords words(testing::real_content());
  for (const Lean lean : protocol::enumerators<Lean>()) {
    for (const VerdictCause cause : protocol::enumerators<VerdictCause>()) {
      const Verdict verdict{lean, Color::white, cause, PieceType::rook, PieceType::silver, 3};
      for (const Level level : protocol::enumerators<Level>()) {
        for (const Language language : protocol::enumerators<Language>()) {
          const std::string text = words.sentence(verdict, level, language);
          EXPECT_EQ(text.find('{'), std::string::npos) << text;
          EXPECT_EQ(text.find("forecast."), std::string::npos) << text;
        }
      }
    }
  }
}

}  // namespace
}  // namespace keisei::studio
