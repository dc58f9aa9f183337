#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "past/past_question.h"
#include "protocol/routing.h"

namespace keisei::past {

/// Puts together, from blocks in their order, what a viewer would have got: what was on air at the
/// beginning, then what came after it up to the end. For one thread.
class Excerpt {
 public:
  /// The question outlives it.
  explicit Excerpt(const PastQuestion& question)
      : question_(question), from_(milliseconds(question.from)), to_(milliseconds(question.to)) {}

  /// The unpacked text of the block that holds the beginning, then those that follow.
  void add(std::int64_t begin, std::string_view text);
  /// A message a line.
  std::string lines() &&;
  std::size_t size() const { return lines_.size(); }

 private:
  void show_present();
  bool is_wanted(std::size_t message) const;
  void put(std::string_view json);

  const PastQuestion& question_;
  const std::int64_t from_;
  const std::int64_t to_;
  std::array<std::string, protocol::kSlots> present_;  // until it is shown
  bool has_blocks_ = false;
  bool has_shown_present_ = false;
  std::string lines_;
};

}  // namespace keisei::past
