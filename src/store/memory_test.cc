#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/bytes_in_use.h"
#include "store/store_test_kit.h"

// However much is kept, no more of it is in memory.
namespace keisei::store::testing {
namespace {

constexpr std::ptrdiff_t kNothing = 32L * 1024;  // what two threads hold ready may differ by

class StoreMemoryTest : public StoreTest {
 protected:
  void SetUp() override {
    if (!kCountsBytesInUse) GTEST_SKIP() << "a sanitizer's allocator is not asked";
  }
  // So many updates and a game for each ten of them, as a run goes on.
  void keep_more(std::int64_t updates) {
    std::vector<Entry> entries{run()};
    for (std::int64_t i = 0; i < updates; ++i) {
      entries.emplace_back(update(++number_));
      if (number_ % 10 == 0) add_game("run-" + std::to_string(number_ / 10), entries);
      if (entries.size() >= 500) keep(std::exchange(entries, {}));
    }
    keep(std::move(entries));
  }

 private:
  static void add_game(const std::string& id, std::vector<Entry>& entries) {
    Moves moves;
    for (int ply = 0; ply < 12; ++ply) {
      moves.emplace_back(ply % 2 == 0 ? "5i5h" : "5a5b");
      entries.emplace_back(move(id, ply, moves.back()));
    }
    entries.emplace_back(game(id, std::move(moves)));
  }

  std::int64_t number_ = 0;
};

TEST_F(StoreMemoryTest, IsNoMoreAfterSixTimesAsMuch) {
  keep_more(6'000);
  const auto on_disk =
      std::filesystem::file_size(file_) + std::filesystem::file_size(file_ + "-wal");
  EXPECT_GT(on_disk, 1'000'000U) << "all of it may be held in memory";
  EXPECT_LT(bytes_kept_by([this] { keep_more(30'000); }), kNothing);
}

TEST_F(StoreMemoryTest, IsNoMoreAfterManyRestartsOfAStudio) {
  keep_more(500);
  const auto remember = [this](int times) {
    for (int i = 0; i < times; ++i) EXPECT_NE(remembered(), nullptr);
  };
  remember(3);
  EXPECT_LT(bytes_kept_by([&] { remember(30); }), kNothing);
}

}  // namespace
}  // namespace keisei::store::testing
