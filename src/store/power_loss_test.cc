#include <gmock/gmock.h>

#include <set>

#include "store/kill_test_orders.h"
#include "store/recollection.h"
#include "store/store_file.h"
#include "store/testing/recorded_disk.h"

namespace keisei::store::testing {
namespace {

// Every seventh order holds a promise.
constexpr int kOrders = 300;
constexpr int kCuts = 150;

std::set<std::string> promises_in(const RunMemory& memory) {
  std::set<std::string> lines;
  for (const auto& one : memory.milestones) lines.insert(line_of(one));
  for (const auto& one : memory.finished) lines.insert(line_of(one));
  return lines;
}

TEST(PowerLoss, LeavesASoundStoreWithAllThatWasPromised) {
  struct Promise {
    std::size_t given;  // when
    std::string line;
  };
  std::vector<Promise> promises;
  RecordedDisk disk;
  const TemporaryFolder folder;
  const std::string path = folder / "show.db";
  auto file = StoreFile::open(path);
  ASSERT_TRUE(file.has_value()) << file.error().why;
  for (int number = 0; number < kOrders; ++number) {
    const auto entries = numbered_order(number);
    ASSERT_TRUE(file->commit(entries).has_value());
    for (const Entry& entry : entries) {
      if (!is_promised(entry)) continue;
      promises.push_back(
          {disk.now(), std::visit([](const auto& one) { return line_of(one); }, entry)});
    }
    if (number % 40 == 39) file->tidy(true);
  }

  std::minstd_rand random(12);
  const std::size_t end = disk.now();  // what is looked at later is recorded, too
  for (int cut = 0; cut < kCuts; ++cut) {
    const std::size_t moment = random() % end;
    const TemporaryFolder after;
    for (const auto& [name, bytes] : disk.after_power_cut(moment, random)) {
      after.write(std::filesystem::path(name).filename().string(), bytes);
    }
    const std::string left = after / "show.db";
    const auto found = StoreFile::open(left);  // looks for damage
    ASSERT_TRUE(found.has_value()) << "moment " << moment << ": " << found.error().why;
    const auto memory = recollect(left, "run");
    ASSERT_TRUE(memory.has_value()) << memory.error().why;
    const auto kept = *memory ? promises_in(**memory) : std::set<std::string>{};
    for (const Promise& promise : promises) {
      if (promise.given > moment) break;
      ASSERT_TRUE(kept.contains(promise.line)) << "moment " << moment << ": " << promise.line;
    }
  }
}

}  // namespace
}  // namespace keisei::store::testing
