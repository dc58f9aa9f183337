#pragma once

#include <sys/types.h>

namespace keisei::loadtest {

/// The memory of a process by the kernel's account, in bytes.
class ProcessMemory {
 public:
  explicit ProcessMemory(pid_t process) : process_(process) {}

  double resident() const;
  /// The most it had at once, since it began or since `forget_peak`.
  double peak() const;
  void forget_peak() const;

 private:
  double status(const char* key) const;

  pid_t process_;
};

}  // namespace keisei::loadtest
