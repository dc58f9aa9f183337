#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

namespace keisei::edge {

/// Which of one trainer's messages the studio has answered for. Answers may come in any order; only
/// what is taken without a gap can be acknowledged.
class Acknowledgements {
 public:
  using Ticket = std::uint64_t;

  /// What keeping a message costs besides its bytes: many empty ones are not nothing.
  static constexpr std::size_t kOverhead = 128;

  /// A message of so many bytes is on its way to the studio.
  Ticket expect(std::size_t bytes) {
    waiting_.push_back({bytes + kOverhead, false});
    unanswered_bytes_ += bytes + kOverhead;
    return next_++;
  }
  /// The studio has taken it.
  void taken(Ticket ticket) {
    Waiting& message = waiting_[static_cast<std::size_t>(ticket - first_)];
    unanswered_bytes_ -= message.bytes;
    message.taken = true;
    for (; !waiting_.empty() && waiting_.front().taken; ++first_) waiting_.pop_front();
  }

  /// How many messages, from the first, have been taken without a gap.
  std::int64_t in_a_row() const { return static_cast<std::int64_t>(first_); }
  /// With their overhead.
  std::size_t unanswered_bytes() const { return unanswered_bytes_; }

 private:
  struct Waiting {
    std::size_t bytes;
    bool taken;
  };
  std::deque<Waiting> waiting_;
  Ticket first_ = 0;  // in waiting_
  Ticket next_ = 0;
  std::size_t unanswered_bytes_ = 0;
};

}  // namespace keisei::edge
