#pragma once

#include <sys/types.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// An engine as a GUI sees it: a process with a pipe in and a pipe out. Lines longer than a pipe
/// holds may block, as they would in a GUI.
class EngineProcess {
 public:
  /// Throws if the program cannot be started.
  explicit EngineProcess(const std::vector<std::string>& command);
  /// Ends the process, by force if `quit` does not do it in a few seconds.
  ~EngineProcess();
  EngineProcess(const EngineProcess&) = delete;
  EngineProcess& operator=(const EngineProcess&) = delete;

  void send(std::string_view line);
  /// None if no whole line came in time, or the process has closed its output.
  std::optional<std::string> read_line(std::chrono::milliseconds timeout);
  /// The next line that begins so; what comes before it is kept in `skipped`. None as above.
  std::optional<std::string> read_until(std::string_view prefix, std::chrono::milliseconds timeout);
  std::vector<std::string> skipped;

  /// After `quit`, or the end of its input: the exit status; none if it did not come in time.
  std::optional<int> wait(std::chrono::milliseconds timeout);
  void close_input();

 private:
  pid_t pid_ = -1;
  int input_ = -1, output_ = -1;  // the engine's
  std::string buffer_;
  std::optional<int> status_;
};
