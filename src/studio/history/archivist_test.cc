#include "studio/studio_fixture.h"

namespace keisei::studio {
namespace {

using testing::TrainerGame;

/// What is handed over to be kept.
class ArchivistTest : public StudioTest {
 protected:
  template <class Kept>
  std::vector<Kept> kept() const {
    std::vector<Kept> found;
    for (const store::Entry& entry : kept_) {
      if (const auto* one = std::get_if<Kept>(&entry)) found.push_back(*one);
    }
    return found;
  }
};

TEST_F(ArchivistTest, KeepsAGameWithItsMoves) {
  connect();
  tell(run("run"));
  const TrainerGame game(1, testing::short_moves());
  for (int ply = 0; ply < game.plies(); ++ply) tell(game.move(ply));
  tell(game.finish());
  ASSERT_EQ(kept<store::KeptGame>().size(), 1u);
  EXPECT_EQ(kept<store::KeptGame>()[0].run_id, "run");
  EXPECT_EQ(kept<store::KeptGame>()[0].game.moves, testing::short_moves());
  const auto moves = kept<store::KeptMove>();
  ASSERT_EQ(moves.size(), testing::short_moves().size());
  EXPECT_EQ(moves[3].ply, 3);
  EXPECT_EQ(moves[3].usi, testing::short_moves()[3]);
  EXPECT_EQ(moves[3].value, 0.5);
  EXPECT_EQ(moves[3].rank, 2);  // the test's trainer plays its second choice
}

TEST_F(ArchivistTest, KnowsNoRankOutsideTheTopMoves) {
  connect();
  tell(run());
  auto played = TrainerGame(1, testing::short_moves()).move(0);
  played.top.pop_back();
  tell(played);
  EXPECT_EQ(kept<store::KeptMove>().at(0).rank, std::nullopt);
}

TEST_F(ArchivistTest, KeepsOnceWhatIsToldTwice) {
  connect();
  tell(run());
  const auto update = metrics(1);
  const auto finished = TrainerGame(1, testing::short_moves()).finish();
  for (int i = 0; i < 2; ++i) {
    tell(update);
    tell(finished);
  }
  EXPECT_EQ(kept<store::KeptUpdate>().size(), 1u);
  EXPECT_EQ(kept<store::KeptGame>().size(), 1u);
}

TEST_F(ArchivistTest, BeginsASegmentWhereARunIsResumedFromAnOlderCheckpoint) {
  connect();
  tell(run());
  for (const int update : {1, 2, 3}) tell(metrics(update));
  connect(2);
  tell(run());
  clock_.pass(std::chrono::seconds(1));
  for (const int update : {2, 3, 4}) tell(metrics(update, 0.02));
  tell(TrainerGame(1, testing::short_moves()).finish());
  std::vector<std::pair<int, std::int64_t>> updates;
  for (const auto& update : kept<store::KeptUpdate>()) {
    updates.emplace_back(update.segment, update.metrics.update);
  }
  EXPECT_THAT(updates, ::testing::ElementsAre(std::pair(1, 1), std::pair(1, 2), std::pair(1, 3),
                                              std::pair(2, 2), std::pair(2, 3), std::pair(2, 4)));
  EXPECT_EQ(kept<store::KeptGame>().at(0).segment, 2);
}

}  // namespace
}  // namespace keisei::studio
