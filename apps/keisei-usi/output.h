#pragma once

#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>

/// Lines to the GUI, from any thread, each at once and whole.
class Output {
 public:
  void line(std::string_view text) {
    const std::lock_guard lock(mutex_);
    std::fwrite(text.data(), 1, text.size(), stdout);
    std::fputc('\n', stdout);
    std::fflush(stdout);
  }
  void say(std::string_view text) { line("info string " + std::string(text)); }

 private:
  std::mutex mutex_;
};
