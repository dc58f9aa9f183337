#include "store/store_writer.h"

#include <gmock/gmock.h>

#include <limits>
#include <optional>
#include <vector>

#include "store/recollection.h"
#include "store/store_test_kit.h"

namespace keisei::store::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// A writer whose file another process holds at first.
class StoreWriterTest : public ::testing::Test {
 protected:
  void free_the_file() {
    other_.reset();
    clock_.pass(StoreWriter::kRetry);
  }

  TemporaryFolder folder_;
  const std::string file_ = folder_ / "show.db";
  ManualClock clock_;
  Counters counters_;
  Lines told_;
  Notices notices_{clock_,
                   [this](const auto& notice) { told_.push_back(keisei::line_of(notice)); }};
  std::optional<StoreLock> other_ = *StoreLock::take(file_);
  StoreWriter writer_{{file_}, clock_, counters_, notices_};
};

TEST_F(StoreWriterTest, LooksForItsFileWhenThereIsNothingToWrite) {
  writer_.do_chores();
  EXPECT_THAT(told_, ElementsAre(HasSubstr("keeping the show: stopped working")));
  free_the_file();
  writer_.do_chores();
  EXPECT_THAT(
      told_, ElementsAre(HasSubstr("stopped working"), HasSubstr("keeping the show: works again")));
}

TEST_F(StoreWriterTest, CommitsNothingForOrdersOfNothing) {
  free_the_file();
  EXPECT_THAT(writer_.write(std::vector<std::vector<Entry>>(2)), ElementsAre(true, true));
  EXPECT_EQ(counters_.counter("keisei_store_commits_total", "").value(), 0U)
      << "on a full disk it would pass for a sign that there is room again";
}

TEST_F(StoreWriterTest, KeepsWhatTheRunIsAlsoWhenSomethingElseCannotBe) {
  KeptUpdate timeless = update(2);
  timeless.metrics.emitted_at = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THAT(writer_.write(std::vector<std::vector<Entry>>{{run()}}), ElementsAre(false));
  free_the_file();
  EXPECT_THAT(writer_.write(std::vector<std::vector<Entry>>{{update(1)}, {timeless}}),
              ElementsAre(true, false));
  const auto newest = recollect(file_, std::nullopt);
  ASSERT_TRUE(newest && *newest);
  EXPECT_EQ((*newest)->run.run_id, "run");
}

}  // namespace
}  // namespace keisei::store::testing
