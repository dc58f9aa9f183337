#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keisei {

/// Lines to an open file, pipe or terminal for whose reader nobody waits: what a full pipe or a
/// held terminal (Ctrl-S) does not take is left out. Not thread-safe; copies know nothing of each
/// other.
class UnwaitedOutput {
 public:
  /// The descriptor stays open as long as this lives; it may come to mean another file.
  explicit UnwaitedOutput(int descriptor) : descriptor_(descriptor) {}

  /// Whether the line was taken. The rest of one that was taken in part comes before the next.
  bool write(std::string_view line);
  /// How many lines were left out since the last that was taken.
  std::uint64_t left_out() const { return left_out_; }

 private:
  bool take(std::string_view line);

  int descriptor_;
  std::string rest_;
  std::uint64_t left_out_ = 0;
};

}  // namespace keisei
