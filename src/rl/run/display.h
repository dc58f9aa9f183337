#pragma once

#include <unistd.h>

#include <mutex>
#include <string>
#include <vector>

#include "base/unwaited_output.h"
#include "rl/run/progress.h"

namespace keisei::rl {

/// What the user sees of a run. At a terminal the current state is redrawn in place, under whatever
/// was said before; elsewhere (a file, a pipe, a service's journal) every update is one plain line;
/// a quiet run only warns. Used by one thread, but for `warn`.
///
/// Training waits for no reader: what a held terminal or a full pipe does not take is left out, and
/// the next line that is taken says how many were.
class Display {
 public:
  enum class Mode { live, plain, quiet };

  /// Live if standard output is a terminal.
  static Mode mode_for(bool quiet);

  /// The descriptors of standard output and standard error, unless a test has others.
  explicit Display(Mode mode, int output = STDOUT_FILENO, int errors = STDERR_FILENO)
      : mode_(mode), output_(output), errors_(errors) {}
  /// A line that stays.
  void say(const std::string& line);
  /// The same on standard error, whatever the mode. From any thread.
  void warn(const std::string& line);
  /// The state after an update; `line` is what a plain log gets.
  void show(const Progress& progress, const std::string& line);
  /// A last line, under the last state.
  void finish(const std::string& line);

 private:
  void draw(const std::string& above = {});

  std::mutex mutex_;
  Mode mode_;
  UnwaitedOutput output_;
  UnwaitedOutput errors_;
  std::vector<std::string> state_;  // empty but in live mode
  std::size_t drawn_ = 0;           // lines on the screen that are to be drawn over
  std::size_t unsaid_ = 0;          // lines that were to stay, and were left out
};

}  // namespace keisei::rl
