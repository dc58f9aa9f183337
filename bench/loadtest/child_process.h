#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace keisei::loadtest {

/// A program of ours that runs beside the measurement, and ends with this object.
class ChildProcess {
 public:
  /// The program and its arguments. What it says goes to the file `log`. Throws std::runtime_error
  /// where the system starts no more processes; a program that is not there ends with status 127.
  ChildProcess(const std::vector<std::string>& command, const std::string& log);
  /// Asks it to end (SIGTERM), and ends it after ten seconds.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }
  bool is_running();

 private:
  pid_t pid_ = -1;
  bool ended_ = false;
};

}  // namespace keisei::loadtest
