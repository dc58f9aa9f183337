#include "studio/history/bucket_table.h"

#include <gmock/gmock.h>

#include <rapidcheck/gtest.h>
#include <map>
#include <utility>
#include <vector>

namespace keisei::studio {
namespace {

constexpr std::size_t kLines = 2;
constexpr BucketLimits kLimits{.columns = 8, .segments = 3};

struct Reported {
  int segment;
  std::int64_t update;
  BucketTable::Row row;
};

// A run with gaps of all kinds and resumes from older updates. Whole values, so that sums are
// exact.
std::vector<Reported> any_run() {
  std::vector<Reported> run;
  int segment = 1;
  std::int64_t update = *rc::gen::inRange(0, 3);
  const int length = *rc::gen::inRange(0, 120);
  for (int i = 0; i < length; ++i) {
    if (*rc::gen::inRange(0, 12) == 0) {
      ++segment;
      update = *rc::gen::inRange<std::int64_t>(0, update + 1);
    } else {
      update += *rc::gen::elementOf(std::vector<std::int64_t>{1, 1, 1, 1, 2, 7, 40});
    }
    BucketTable::Row row(kLines);
    for (auto& value : row) {
      if (*rc::gen::inRange(0, 4) != 0) {
        value = Measurement::exact(*rc::gen::inRange(-1000, 1000));
      }
    }
    run.push_back({segment, update, std::move(row)});
  }
  return run;
}

// The same by brute force: everything is kept, and grouped when asked.
using Columns = std::map<std::pair<int, std::int64_t>, std::vector<std::vector<double>>>;

Columns grouped(const std::vector<Reported>& run, std::int64_t updates_per_column) {
  Columns columns;
  for (const Reported& reported : run) {
    auto& lines = columns[{reported.segment, reported.update / updates_per_column}];
    lines.resize(kLines);
    for (std::size_t i = 0; i < kLines; ++i) {
      if (reported.row[i]) lines[i].push_back(reported.row[i]->value);
    }
  }
  return columns;
}

// What the table must still know of it: the segments that it has not forgotten.
std::vector<Reported> known_of(const BucketTable& table, const std::vector<Reported>& run) {
  std::vector<Reported> known;
  for (const Reported& reported : run) {
    for (const BucketTable::Segment& segment : table.segments()) {
      if (segment.number == reported.segment) known.push_back(reported);
    }
  }
  return known;
}

void expect_same(const BucketTable& table, const std::vector<Reported>& run) {
  const Columns columns = grouped(known_of(table, run), table.updates_per_column());
  RC_ASSERT(table.columns() == columns.size());
  auto expected = columns.begin();
  for (const BucketTable::Segment& segment : table.segments()) {
    for (const BucketTable::Column& column : segment.columns) {
      RC_ASSERT(std::pair(segment.number, column.number) == expected->first);
      for (std::size_t i = 0; i < kLines; ++i) {
        const std::vector<double>& values = expected->second[i];
        const Bucket bucket = column.bucket(i);
        RC_ASSERT(bucket.count == static_cast<std::int64_t>(values.size()));
        if (values.empty()) continue;
        RC_ASSERT(bucket.min == *std::min_element(values.begin(), values.end()));
        RC_ASSERT(bucket.max == *std::max_element(values.begin(), values.end()));
        RC_ASSERT(bucket.last == values.back());
        double sum = 0;
        for (const double value : values) sum += value;
        RC_ASSERT(bucket.sum == sum);
      }
      ++expected;
    }
  }
}

bool same(const BucketTable::Column& one, const BucketTable::Column& other) {
  if (one.number != other.number) return false;
  for (std::size_t i = 0; i < kLines; ++i) {
    const Bucket a = one.bucket(i);
    const Bucket b = other.bucket(i);
    if (std::tie(a.min, a.max, a.sum, a.last, a.count) !=
        std::tie(b.min, b.max, b.sum, b.last, b.count)) {
      return false;
    }
  }
  return true;
}

RC_GTEST_PROP(BucketTable, HoldsWhatBruteForceFinds, ()) {
  const std::vector<Reported> run = any_run();
  BucketTable table(kLimits);
  std::vector<Reported> told;
  for (const Reported& reported : run) {
    told.push_back(reported);
    RC_ASSERT(table.add(reported.segment, reported.update, reported.row));
    RC_ASSERT(table.columns() <= kLimits.columns);
    RC_ASSERT(table.segments().size() <= kLimits.segments);
    expect_same(table, told);
  }
}

RC_GTEST_PROP(BucketTable, ChangesNothingOfThePastWhileItsColumnsAreTheSame, ()) {
  BucketTable table(kLimits);
  for (const Reported& reported : any_run()) {
    const BucketTable before = table;
    table.add(reported.segment, reported.update, reported.row);
    if (table.updates_per_column() != before.updates_per_column()) continue;
    for (const BucketTable::Segment& segment : table.segments()) {
      for (const BucketTable::Segment& old : before.segments()) {
        if (old.number != segment.number) continue;
        const std::size_t finished =
            segment.number == reported.segment ? old.columns.size() - 1 : old.columns.size();
        for (std::size_t i = 0; i < finished; ++i) {
          RC_ASSERT(same(segment.columns[i], old.columns[i]));
        }
      }
    }
  }
}

RC_GTEST_PROP(BucketTable, IsAsFineAsItsLimitAllows, ()) {
  const std::vector<Reported> run = any_run();
  BucketTable table(kLimits);
  for (const Reported& reported : run) table.add(reported.segment, reported.update, reported.row);
  if (table.forgotten() > 0 || table.updates_per_column() == 1) return;
  RC_ASSERT(grouped(run, table.updates_per_column() / 2).size() > kLimits.columns);
}

BucketTable::Row value(double value) { return {Measurement::exact(value)}; }

TEST(BucketTable, KeepsASpikeThroughAnyNumberOfUpdates) {
  BucketTable table({.columns = 16, .segments = 4});
  for (std::int64_t update = 1; update <= 100'000; ++update) {
    table.add(1, update, value(update == 777 ? 1000 : 1));
  }
  double most = 0;
  for (const auto& column : table.segments()[0].columns) {
    most = std::max(most, column.bucket(0).max);
  }
  EXPECT_EQ(most, 1000);
  EXPECT_EQ(table.updates_per_column(), 8192);
}

TEST(BucketTable, LeavesAGapWhereAMetricWasNotReported) {
  BucketTable table(kLimits);
  table.add(1, 1, {Measurement::exact(1), std::nullopt});
  EXPECT_FALSE(table.segments()[0].columns[0].bucket(0).empty());
  EXPECT_TRUE(table.segments()[0].columns[0].bucket(1).empty());
  EXPECT_TRUE(table.segments()[0].columns[0].bucket(2).empty()) << "a line that nobody reports";
}

TEST(BucketTable, BranchesWhereARunIsResumedFromAnOlderUpdate) {
  BucketTable table(kLimits);
  table.add(1, 1, value(1));
  table.add(1, 2, value(2));
  table.add(2, 2, value(20));
  ASSERT_EQ(table.segments().size(), 2u);
  EXPECT_EQ(table.segments()[0].columns[1].bucket(0).last, 2);
  EXPECT_EQ(table.segments()[1].columns[0].bucket(0).last, 20);
}

TEST(BucketTable, TakesNothingTwice) {
  BucketTable table(kLimits);
  EXPECT_TRUE(table.add(2, 5, value(1)));
  EXPECT_FALSE(table.add(2, 5, value(1)));
  EXPECT_FALSE(table.add(2, 4, value(1)));
  EXPECT_FALSE(table.add(1, 9, value(1)));
  EXPECT_EQ(table.segments()[0].rows, 1);
}

TEST(BucketTable, ForgetsTheSegmentWithTheFewestUpdatesFirst) {
  BucketTable table(kLimits);
  for (std::int64_t update = 1; update <= 4; ++update) table.add(1, update, value(1));
  table.add(2, 2, value(1));
  for (std::int64_t update = 2; update <= 3; ++update) table.add(3, update, value(1));
  table.add(4, 2, value(1));
  std::vector<int> numbers;
  for (const auto& segment : table.segments()) numbers.push_back(segment.number);
  EXPECT_THAT(numbers, ::testing::ElementsAre(1, 3, 4));
  EXPECT_EQ(table.forgotten(), 1);
}

TEST(BucketTable, BearsUpdatesFromTheFarFuture) {
  BucketTable table(kLimits);
  table.add(1, 1, value(1));
  table.add(1, std::int64_t{1} << 53, value(2));
  EXPECT_EQ(table.updates_per_column(), 1);
  EXPECT_EQ(table.columns(), 2u);
}

TEST(Bucket, SpansTheIntervalsOfWhatIsEstimated) {
  Bucket bucket;
  bucket.add({.value = 0.5, .low = 0.4, .high = 0.6});
  bucket.add({.value = 0.7, .low = 0.55, .high = 0.8});
  EXPECT_EQ(bucket.min, 0.4);
  EXPECT_EQ(bucket.max, 0.8);
  EXPECT_DOUBLE_EQ(bucket.mean(), 0.6);
  EXPECT_EQ(bucket.last, 0.7);
}

}  // namespace
}  // namespace keisei::studio
