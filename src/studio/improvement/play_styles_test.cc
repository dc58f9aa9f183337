#include "studio/improvement/play_styles.h"

#include <gmock/gmock.h>

#include <array>
#include <random>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

double of(const Traits& traits, Trait trait) { return traits[static_cast<std::size_t>(trait)]; }

const shogi::Castles& castles() { return testing::real_content().castles(); }

protocol::GameFinished game(std::vector<std::string> moves) {
  return testing::TrainerGame(1, std::move(moves)).finish();
}

// An exchange of bishops and a drop that gives no check, then kings that walk: 40 moves.
std::vector<std::string> forty_moves() {
  std::vector<std::string> moves = testing::short_moves();
  moves.emplace_back("5a5b");
  const std::array<const char*, 4> walk = {"5i5h", "5b5a", "5h5i", "5a5b"};
  for (std::size_t i = 0; i < 32; ++i) moves.emplace_back(walk[i % 4]);
  return moves;
}

TEST(TraitsOf, CountWhatAGameIsMadeOf) {
  const auto traits = traits_of(game(forty_moves()), castles());
  ASSERT_TRUE(traits);
  EXPECT_DOUBLE_EQ(of(*traits, Trait::captures), 5) << "2 of 40 moves";
  EXPECT_DOUBLE_EQ(of(*traits, Trait::drops), 2.5);
  EXPECT_DOUBLE_EQ(of(*traits, Trait::promotions), 2.5);
  EXPECT_DOUBLE_EQ(of(*traits, Trait::checks), 0);
  EXPECT_DOUBLE_EQ(of(*traits, Trait::first_check), 40) << "there was none until the end";
  EXPECT_DOUBLE_EQ(of(*traits, Trait::castles), 0);
}

TEST(TraitsOf, AreNoneOfAShortGameOrOneAgainstTheRules) {
  EXPECT_FALSE(traits_of(game(testing::short_moves()), castles()));
  auto moves = forty_moves();
  moves[20] = "1a1i";
  EXPECT_FALSE(traits_of(game(moves), castles()));
}

class PlayStylesTest : public ::testing::Test {
 protected:
  // Games with so many captures in 100 moves, and some spread.
  void play(std::int64_t update, int games, double captures) {
    std::normal_distribution<double> spread(0, 3);
    for (int i = 0; i < games; ++i) {
      Traits traits{};
      traits.fill(10 + spread(random_));
      traits[static_cast<std::size_t>(Trait::captures)] = captures + spread(random_);
      styles_.add(update, traits);
    }
  }
  PlayStyles styles_;
  std::mt19937 random_{7};
};

TEST_F(PlayStylesTest, NameWhatStandsOutWithItsNumbers) {
  play(100, 12, 30);
  play(500, 200, 12);
  const auto found = styles_.around(100);
  EXPECT_EQ(found.games, 12);
  ASSERT_EQ(found.outstanding.size(), 1U);
  EXPECT_EQ(found.outstanding[0].trait, Trait::captures);
  EXPECT_EQ(found.outstanding[0].leaning, Leaning::more);
  const auto words = [&](Level level, Language language) {
    return PlayStyles::words(found, testing::real_content(), level, language);
  };
  EXPECT_EQ(words(Level::beginner, Language::en), "Back then it took pieces more often.");
  EXPECT_THAT(words(Level::intermediate, Language::en), HasSubstr("(12 games around then)"));
  EXPECT_EQ(words(Level::beginner, Language::ja), "この頃の特徴：駒を取る手が多め。");
}

TEST_F(PlayStylesTest, SayNothingOfFewGamesNorBesideFewOthers) {
  play(100, 7, 30);
  play(500, 200, 12);
  EXPECT_EQ(styles_.around(100).games, 7);
  EXPECT_THAT(styles_.around(100).outstanding, IsEmpty());
  EXPECT_EQ(PlayStyles::words(styles_.around(100), testing::real_content(), Level::advanced,
                              Language::en),
            "");
  styles_.clear();
  play(100, 12, 30);
  play(500, 23, 12);
  EXPECT_THAT(styles_.around(100).outstanding, IsEmpty());
}

TEST_F(PlayStylesTest, LookNoFurtherThanTheGamesAround) {
  play(88, 12, 30);  // beyond 10 updates
  play(100, 12, 12);
  play(500, 100, 12);
  EXPECT_EQ(styles_.around(100).games, 12);
  EXPECT_THAT(styles_.around(100).outstanding, IsEmpty());
  EXPECT_EQ(styles_.around(1000).games, 0);
}

// Where all games are alike, hardly ever is one said to stand out.
TEST_F(PlayStylesTest, SeldomFindAStyleThatIsNone) {
  int found = 0;
  for (int i = 0; i < 400; ++i) {
    styles_.clear();
    std::normal_distribution<double> spread(10, 3);
    for (int number = 0; number < 116; ++number) {
      Traits traits{};
      for (double& trait : traits) trait = spread(random_);
      styles_.add(number < 16 ? 100 : 500, traits);
    }
    found += styles_.around(100).outstanding.empty() ? 0 : 1;
  }
  RecordProperty("found_in_400", std::to_string(found));
  EXPECT_LT(found, 20) << "of 400, with six traits each";
}

TEST_F(PlayStylesTest, AreBounded) {
  play(1, 2000, 10);
  play(900, 1024, 10);
  EXPECT_EQ(styles_.around(1).games, 0) << "the oldest are gone";
}

}  // namespace
}  // namespace keisei::studio
