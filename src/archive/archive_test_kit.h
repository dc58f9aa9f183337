#pragma once

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "archive/archive_file.h"
#include "archive/trait_reader.h"
#include "base/testing/temporary_folder.h"
#include "store/store_file.h"
#include "store/store_test_kit.h"

/// The vocabulary of the archive's tests.
namespace keisei::archive::testing {

using Moves = std::vector<std::string>;
using protocol::Side;

inline const TraitReader& known_traits() {
  static const TraitReader reader = TraitReader::load(KEISEI_SOURCE_DIR "/content").value();
  return reader;
}

/// Black's rook goes to the sixth file and the king into a Mino castle; White's stays at home.
inline Moves ranging_rook_with_mino() {
  return {"7g7f", "3c3d", "2h6h", "8c8d", "5i4h", "8d8e", "4h3h",
          "1c1d", "3h2h", "9c9d", "3i3h", "1d1e", "6i5h"};
}

/// White resigns after an odd number of moves, Black after an even one.
inline store::KeptGame game(const std::string& id, Moves moves = {"7g7f", "3c3d"}) {
  store::KeptGame kept = store::testing::game(id, std::move(moves));
  kept.game.winner = kept.game.moves.size() % 2 == 1 ? Side::black : Side::white;
  kept.game.reason = protocol::EndReason::resignation;
  return kept;
}

inline store::GameTraits read_traits(const protocol::GameFinished& game) {
  return words_of(known_traits().read(game));
}

/// A show's database, open for writing as in a show.
class ArchiveFileTest : public ::testing::Test {
 protected:
  void keep(std::vector<store::Entry> entries) {
    entries.insert(entries.begin(), store::testing::run());
    ASSERT_TRUE(store_->commit(entries).has_value());
  }
  ArchiveFile archive(int most_steps = ArchiveFile::kMostSteps) {
    return ArchiveFile::open(path_, most_steps).value();
  }
  std::vector<std::string> found(const Search& search) {
    std::vector<std::string> ids;
    const Page page = archive().find(search).value().value();
    for (const ListedGame& one : page.games) {
      ids.push_back(one.game.game_id);
    }
    return ids;
  }
  KeptGame kept(const std::string& id) { return archive().game("run", id).value().value(); }

  TemporaryFolder folder_;
  std::string path_ = folder_ / "show.db";
  std::optional<store::StoreFile> store_ = store::StoreFile::open(path_, read_traits).value();
};

}  // namespace keisei::archive::testing
