#include "studio/history/bucket_table.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace keisei::studio {
namespace {

// Two that lie in one of twice the size become that one.
void halve(std::vector<BucketTable::Column>& columns) {
  std::vector<BucketTable::Column> halved;
  halved.reserve(columns.size() / 2 + 1);
  for (BucketTable::Column& column : columns) {
    const std::int64_t number = column.number >> 1;
    if (halved.empty() || halved.back().number != number) {
      halved.push_back({number, std::move(column.buckets)});
      continue;
    }
    std::vector<Bucket>& earlier = halved.back().buckets;
    earlier.resize(std::max(earlier.size(), column.buckets.size()));
    for (std::size_t i = 0; i < column.buckets.size(); ++i) earlier[i].append(column.buckets[i]);
  }
  columns = std::move(halved);
}

}  // namespace

BucketTable::BucketTable(const BucketLimits& limits) : limits_(limits) {
  assert(limits.segments > 0 && limits.segments <= limits.columns);
}

bool BucketTable::add(int segment, std::int64_t update, const Row& row) {
  if (!segments_.empty()) {
    const Segment& newest = segments_.back();
    if (segment < newest.number) return false;
    if (segment == newest.number && update <= newest.newest) return false;
  }
  if (segments_.empty() || segments_.back().number != segment) begin(segment);
  Segment& grown = segments_.back();
  grown.newest = update;
  ++grown.rows;
  const std::int64_t number = update >> power_;
  if (grown.columns.empty() || grown.columns.back().number != number) {
    grown.columns.push_back({number});
    ++columns_;
  }
  std::vector<Bucket>& buckets = grown.columns.back().buckets;
  buckets.resize(std::max(buckets.size(), row.size()));
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i]) buckets[i].add(*row[i]);
  }
  while (columns_ > limits_.columns) coarsen();
  return true;
}

void BucketTable::begin(int segment) {
  segments_.push_back({segment});
  if (segments_.size() <= limits_.segments) return;
  const auto least = std::min_element(
      segments_.begin(), segments_.end() - 1,
      [](const Segment& one, const Segment& other) { return one.rows < other.rows; });
  columns_ -= least->columns.size();
  segments_.erase(least);
  ++forgotten_;
}

void BucketTable::coarsen() {
  ++power_;
  columns_ = 0;
  for (Segment& segment : segments_) {
    halve(segment.columns);
    columns_ += segment.columns.size();
  }
}

}  // namespace keisei::studio
