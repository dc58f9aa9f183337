#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "studio/history/bucket.h"

namespace keisei::studio {

struct BucketLimits {
  std::size_t columns;   // of all segments
  std::size_t segments;  // not more than columns
};

/// The whole of a run in bounded memory: what was measured after its updates, line by line, in
/// columns of so many updates each.
///
/// A column's updates are a power of two, the same for all columns, and begin at a multiple of it.
/// When there are more columns than may be, the power rises, and each column is exactly what one or
/// two of the columns before were. Otherwise only the newest column changes: the past never
/// flickers, and which numbers came when makes no difference to it.
///
/// A segment is a run from where it began or was resumed to where it ended or was resumed again.
/// Beyond the limit the one with the fewest updates is forgotten, never the newest: a trainer that
/// keeps falling over leaves many that hold nothing.
class BucketTable {
 public:
  /// What was measured after an update, by line; none where it was not.
  using Row = std::vector<std::optional<Measurement>>;

  struct Column {
    std::int64_t number;  // it begins at update number * updates_per_column()
    std::vector<Bucket> buckets{};

    /// Of a line; empty if it knows nothing of it.
    Bucket bucket(std::size_t line) const {
      return line < buckets.size() ? buckets[line] : Bucket{};
    }
  };
  struct Segment {
    int number;
    std::int64_t rows = 0;
    std::int64_t newest = 0;  // update
    std::vector<Column> columns{};
  };

  explicit BucketTable(const BucketLimits& limits);

  /// False, and nothing, if it is not the newest: updates rise within a segment, and segments too.
  bool add(int segment, std::int64_t update, const Row& row);

  std::int64_t updates_per_column() const { return std::int64_t{1} << power_; }
  /// Oldest first.
  const std::vector<Segment>& segments() const { return segments_; }
  std::size_t columns() const { return columns_; }
  /// How many segments have been forgotten.
  int forgotten() const { return forgotten_; }

 private:
  void begin(int segment);
  void coarsen();

  BucketLimits limits_;
  int power_ = 0;
  std::size_t columns_ = 0;
  int forgotten_ = 0;
  std::vector<Segment> segments_;
};

}  // namespace keisei::studio
