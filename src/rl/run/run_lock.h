#pragma once

#include <string>

#include "base/result.h"

namespace keisei::rl {

/// A run directory for one process alone: two that write the same logs, checkpoints and unsent
/// results would spoil them for both. The system lets go of it however the process ends.
class RunLock {
 public:
  /// The error names the process that has it.
  static Result<RunLock> take(const std::string& directory);
  RunLock(RunLock&& other) noexcept;
  RunLock& operator=(RunLock&&) = delete;
  ~RunLock();

 private:
  explicit RunLock(int descriptor) : descriptor_(descriptor) {}

  int descriptor_;
};

}  // namespace keisei::rl
