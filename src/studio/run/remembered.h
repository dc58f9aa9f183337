#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_set>

namespace keisei::studio {

/// Whether something was there before, by a hash of what makes it itself. Bounded: more than a
/// trainer can have told without a confirmation, in what waits (1 MiB, at 228 bytes and more of
/// each) and in what is confirmed next (100 ms, at 100 000 a second). 48 bytes each.
class Remembered {
 public:
  static constexpr std::size_t kMost = 16'384;

  /// Remembers it.
  bool knows(std::uint64_t identity) {
    if (!seen_.insert(identity).second) return true;
    order_.push_back(identity);
    if (order_.size() > kMost) {
      seen_.erase(order_.front());
      order_.pop_front();
    }
    return false;
  }
  void clear() {
    seen_.clear();
    order_.clear();
  }

 private:
  std::unordered_set<std::uint64_t> seen_;
  std::deque<std::uint64_t> order_;  // oldest first
};

}  // namespace keisei::studio
