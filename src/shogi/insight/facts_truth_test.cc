#include <gtest/gtest.h>

#include <array>

#include "shogi/insight/fact_judge.h"
#include "shogi/insight/fact_test_kit.h"

// Of random games nothing is said that slow code finds untrue.
namespace keisei::shogi {
namespace {

using testing::FactJudge;
using testing::known_castles;
using testing::known_openings;

constexpr int kPositions = 6000 / testing::kSanitizerShare;

TEST(Facts, AreTrueOfRandomGames) {
  std::array<int, kEnumerators<MoveRule>> said{};
  std::mt19937_64 random(61);
  testing::visit_random_positions(62, kPositions, [&](const Game& game) {
    const Position& before = game.position();
    const Move move = game.legal_moves()[random() % game.legal_moves().size()];
    const GameSoFar so_far{game.start(), game.moves()};
    const FactJudge judge(before, move, game.start(), {game.moves().begin(), game.moves().end()},
                          known_castles(), known_openings());
    for (const MoveFact& fact : testing::reader().read(before, move, so_far)) {
      EXPECT_TRUE(judge.holds(fact))
          << keisei::to_string(fact.rule) << " " << before.sfen() << " " << to_usi(move);
      ++said[static_cast<std::size_t>(fact.rule)];
    }
  });
  if (testing::kSanitizerShare > 1) return;  // too few positions for the rare ones
  for (const MoveRule rule :
       {MoveRule::undefended_taken, MoveRule::exchange_won, MoveRule::exchange_lost,
        MoveRule::piece_offered, MoveRule::piece_saved, MoveRule::piece_defended,
        MoveRule::piece_left, MoveRule::promotion, MoveRule::promotion_declined, MoveRule::check,
        MoveRule::fork, MoveRule::pin, MoveRule::attack, MoveRule::king_attacked,
        MoveRule::mate_in_1_missed, MoveRule::mate_in_1_threatened, MoveRule::castle_grows}) {
    EXPECT_GT(said[static_cast<std::size_t>(rule)], 0) << keisei::to_string(rule);
  }
}

TEST(Facts, LeaveOutNoMateInOne) {
  testing::visit_random_positions(63, kPositions, [&](const Game& game) {
    const Position& before = game.position();
    const Move move = game.legal_moves()[0];
    Position after = before;
    after.do_move(move);
    const MoveFacts facts = testing::reader().read(before, move, std::nullopt);
    const bool ends = find_fact(facts, MoveRule::mate) != nullptr;
    ASSERT_EQ(ends, FactJudge::is_mate(after));
    ASSERT_EQ(find_fact(facts, MoveRule::mate_in_1_missed) != nullptr,
              !ends && FactJudge::has_mate_in_1(before))
        << before.sfen();
    ASSERT_EQ(find_fact(facts, MoveRule::mate_in_1_allowed) != nullptr,
              FactJudge::has_mate_in_1(after))
        << after.sfen();
  });
}

TEST(Facts, ComeInTheOrderOfTheirRulesAndOnce) {
  testing::visit_random_positions(64, 1000, [&](const Game& game) {
    const MoveFacts facts =
        testing::reader().read(game.position(), game.legal_moves()[0], std::nullopt);
    for (std::size_t i = 1; i < facts.size(); ++i) ASSERT_LT(facts[i - 1].rule, facts[i].rule);
  });
}

}  // namespace
}  // namespace keisei::shogi
