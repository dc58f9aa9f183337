#pragma once

#include <sys/types.h>

#include <vector>

namespace keisei::loadtest {

/// Some threads of a child process of ours, which stand still for as long as this lives while the
/// others run on. To be made and destroyed by one thread.
class StoppedThreads {
 public:
  /// All but the first one. Throws std::runtime_error where the system does not let us.
  explicit StoppedThreads(pid_t process);
  ~StoppedThreads();
  StoppedThreads(const StoppedThreads&) = delete;
  StoppedThreads& operator=(const StoppedThreads&) = delete;

 private:
  void go_on();

  std::vector<pid_t> threads_;
};

}  // namespace keisei::loadtest
