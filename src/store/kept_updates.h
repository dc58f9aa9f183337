#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "store/entries.h"

namespace keisei::store {

/// Updates in their order and in little room: a month of them is held while a run is taken up
/// again. Each comes out as it went in.
class KeptUpdates {
 public:
  class Iterator {
   public:
    KeptUpdate operator*() const { return (*updates_)[index_]; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }

   private:
    friend class KeptUpdates;
    Iterator(const KeptUpdates& updates, std::size_t index) : updates_(&updates), index_(index) {}
    const KeptUpdates* updates_;
    std::size_t index_;
  };

  void push_back(const KeptUpdate& update);
  /// The same, its metrics as they are packed (packed_metrics.h).
  void push_back(const KeptUpdate& update, const std::string& names, const std::string& values);

  bool empty() const { return rows_.empty(); }
  std::size_t size() const { return rows_.size(); }
  KeptUpdate operator[](std::size_t index) const;
  KeptUpdate back() const { return (*this)[size() - 1]; }
  Iterator begin() const { return {*this, 0}; }
  Iterator end() const { return {*this, size()}; }

 private:
  struct Row {
    std::size_t run;    // in texts_
    std::size_t names;  // in texts_
    int segment;
    std::int64_t update, global_step, games;
    double emitted_at;
    std::size_t values_end;  // in values_
  };
  std::size_t place_of(const std::string& text);

  std::vector<std::string> texts_;  // few: runs, and lists of names
  std::vector<Row> rows_;
  std::string values_;
};

}  // namespace keisei::store
