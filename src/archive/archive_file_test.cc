#include "archive/archive_file.h"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>

#include "archive/archive_test_kit.h"

namespace keisei::archive::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

store::KeptGame game_of(const std::string& id, std::size_t plies, std::int64_t update = 7) {
  Moves moves;
  for (std::size_t ply = 0; ply < plies; ++ply) {
    constexpr const char* kRounds[] = {"2h1h", "8b9b", "1h2h", "9b8b"};
    moves.emplace_back(kRounds[ply % 4]);
  }
  store::KeptGame kept = game(id, std::move(moves));
  kept.game.update = update;
  return kept;
}

TEST_F(ArchiveFileTest, ListsTheNewestFirst) {
  keep({game("1"), game("2"), game("3")});
  EXPECT_THAT(found({}), ElementsAre("3", "2", "1"));
  EXPECT_THAT(found({.order = Order::oldest}), ElementsAre("1", "2", "3"));
}

TEST_F(ArchiveFileTest, ListsByLength) {
  keep({game_of("short", 3), game_of("long", 30), game_of("same", 3)});
  EXPECT_THAT(found({.order = Order::longest}), ElementsAre("long", "same", "short"));
  EXPECT_THAT(found({.order = Order::shortest}), ElementsAre("short", "same", "long"));
}

TEST_F(ArchiveFileTest, SaysOfAGameWhatIsKept) {
  keep({game("3", ranging_rook_with_mino())});
  const Page page = archive().find({}).value().value();
  ASSERT_THAT(page.games, SizeIs(1));
  const ListedGame& listed = page.games.front();
  EXPECT_EQ(listed.run_id, "run");
  EXPECT_EQ(listed.run_name, "Name of run");
  EXPECT_EQ(listed.segment, 1);
  EXPECT_EQ(listed.plies, 13);
  EXPECT_EQ(listed.game.game_number, 3);
  EXPECT_EQ(listed.game.update, 7);
  EXPECT_EQ(listed.game.winner, Side::black);
  EXPECT_EQ(listed.game.reason, protocol::EndReason::resignation);
  EXPECT_EQ(listed.game.emitted_at, 1763848001.75);
  EXPECT_EQ(listed.traits.castles, " black/mino ");
}

TEST_F(ArchiveFileTest, FindsWhatIsLookedFor) {
  store::KeptGame draw = game_of("draw", 9, 500);
  draw.game.winner.reset();
  draw.game.reason = protocol::EndReason::repetition;
  store::KeptGame other = game("other");
  other.run_id = "another run";
  keep({game("mino", ranging_rook_with_mino()), draw, game_of("long", 30, 20), other});
  EXPECT_THAT(found({.run = "another run"}), ElementsAre("other"));
  EXPECT_THAT(found({.run = "no run"}), IsEmpty());
  EXPECT_THAT(found({.winner = Winner::draw}), ElementsAre("draw"));
  EXPECT_THAT(found({.winner = Winner::black}), ElementsAre("mino"));
  EXPECT_THAT(found({.reason = protocol::EndReason::repetition}), ElementsAre("draw"));
  EXPECT_THAT(found({.min_plies = 10}), ElementsAre("long", "mino"));
  EXPECT_THAT(found({.min_plies = 9, .max_plies = 13}), ElementsAre("draw", "mino"));
  EXPECT_THAT(found({.min_update = 20}), ElementsAre("long", "draw"));
  EXPECT_THAT(found({.min_update = 20, .max_update = 499}), ElementsAre("long"));
  EXPECT_THAT(found({.opening = "fourth_file_rook"}), ElementsAre("mino"));
  EXPECT_THAT(found({.castle = "mino"}), ElementsAre("mino"));
  EXPECT_THAT(found({.castle = "half_mino"}), IsEmpty()) << "it went on to a mino";
  EXPECT_THAT(found({.run = "run", .winner = Winner::white, .order = Order::longest}),
              ElementsAre("long"));
}

TEST_F(ArchiveFileTest, GivesEveryGameOnceOverPages) {
  std::vector<store::Entry> games;
  for (int i = 0; i < 25; ++i)
    games.emplace_back(game_of(std::to_string(i), static_cast<std::size_t>(i % 7)));
  keep(games);
  for (const Order order : enumerators<Order>()) {
    const std::vector<std::string> all = found({.order = order, .limit = 100});
    std::vector<std::string> paged;
    Search search{.order = order, .limit = 4};
    do {
      const Page page = archive().find(search).value().value();
      for (const ListedGame& one : page.games) paged.push_back(one.game.game_id);
      search.after = page.next;
    } while (search.after);
    EXPECT_EQ(paged, all) << to_string(order);
    EXPECT_THAT(all, SizeIs(25));
  }
}

TEST_F(ArchiveFileTest, SaysThatThereIsNoMoreWhenAPageIsJustFull) {
  keep({game("1"), game("2")});
  EXPECT_EQ(archive().find({.limit = 2}).value().value().next, std::nullopt);
}

TEST_F(ArchiveFileTest, GivesAGameWithWhatTheNetworkThought) {
  keep({store::testing::move("3", 0), game("3")});
  const KeptGame found = kept("3");
  EXPECT_EQ(found.run_name, "Name of run");
  EXPECT_EQ(found.game.moves, (Moves{"7g7f", "3c3d"}));
  EXPECT_EQ(found.game.start_sfen, store::kStandardStart);
  ASSERT_THAT(found.thoughts, SizeIs(2));
  EXPECT_EQ(found.thoughts[0], store::thought_of(store::testing::move("3", 0)));
  EXPECT_EQ(found.thoughts[1], std::nullopt);
}

TEST_F(ArchiveFileTest, GivesTheLastOfTwoGamesThatEndedUnderOneId) {
  keep({game("3", {"7g7f"}), game("3", {"2g2f"})});
  EXPECT_EQ(kept("3").game.moves, (Moves{"2g2f"}));
}

TEST_F(ArchiveFileTest, GivesTheGameThatHadEndedByATime) {
  store::KeptGame first = game("3", {"7g7f"});
  store::KeptGame second = game("3", {"2g2f"});
  // As an answer writes it: with fewer digits than it has.
  first.game.emitted_at = 1763848001.12345678;
  second.game.emitted_at = 1763848002;
  keep({first, second});
  const auto moves_by = [&](double time) {
    const auto found = archive().game("run", "3", time).value();
    return found ? found->game.moves : Moves{};
  };
  EXPECT_EQ(moves_by(1763848001.123457), (Moves{"7g7f"}));
  EXPECT_EQ(moves_by(1763848001.9), (Moves{"7g7f"}));
  EXPECT_EQ(moves_by(1763848002), (Moves{"2g2f"}));
  EXPECT_EQ(moves_by(1763848001.1), Moves{});
}

// A clock that was set back: the one that was meant has ended by its own time.
TEST_F(ArchiveFileTest, GivesTheGameOfALaterTimeThoughItEndedFirst) {
  store::KeptGame first = game("3", {"7g7f"});
  first.game.emitted_at += 100;
  keep({first, game("3", {"2g2f"})});
  EXPECT_EQ(archive().game("run", "3", first.game.emitted_at)->value().game.moves, (Moves{"7g7f"}));
}

TEST_F(ArchiveFileTest, TellsAGameThatIsPlayedFromNone) {
  keep({store::testing::move("4", 0)});
  EXPECT_EQ(archive().game("run", "4").value(), std::nullopt);
  EXPECT_TRUE(archive().is_being_played("run", "4").value());
  EXPECT_FALSE(archive().is_being_played("run", "5").value());
  EXPECT_THAT(found({}), IsEmpty());
}

TEST_F(ArchiveFileTest, GivesUpASearchThatTakesTooLong) {
  std::vector<store::Entry> games;
  for (int i = 0; i < 1000; ++i) games.emplace_back(game_of(std::to_string(i), 2));
  keep(games);
  EXPECT_EQ(archive(0).find({.castle = "mino"}).value(), std::nullopt);
  EXPECT_TRUE(archive().find({.castle = "mino"}).value().has_value());
}

TEST_F(ArchiveFileTest, FindsGamesThatWereKeptWithoutTheirTraits) {
  const std::string path = folder_ / "older.db";
  const std::vector<store::Entry> entries{store::testing::run(),
                                          game("3", ranging_rook_with_mino())};
  ASSERT_TRUE(store::StoreFile::open(path)->commit(entries).has_value());
  auto older = ArchiveFile::open(path);
  ASSERT_TRUE(older.has_value());
  EXPECT_THAT(older->find({.min_plies = 13})->value().games, SizeIs(1));
  EXPECT_THAT(older->find({.castle = "mino"})->value().games, IsEmpty());
}

TEST_F(ArchiveFileTest, ReadsNoOtherVersion) {
  SQLite::Database(path_, SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 99");
  EXPECT_FALSE(ArchiveFile::open(path_).has_value());
}

TEST_F(ArchiveFileTest, IsNotThereWithoutAFile) {
  EXPECT_FALSE(ArchiveFile::open(folder_ / "none.db").has_value());
}

}  // namespace
}  // namespace keisei::archive::testing
