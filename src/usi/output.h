#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace keisei::usi {

/// Lines to the GUI, from any thread, one at a time and whole.
class Output {
 public:
  /// `write` gets a line without its end and must bring it to the GUI before it returns.
  explicit Output(std::function<void(std::string_view)> write) : write_(std::move(write)) {}

  void line(std::string_view text) {
    const std::lock_guard lock(mutex_);
    write_(text);
  }
  void say(std::string_view text) { line("info string " + std::string(text)); }

 private:
  std::mutex mutex_;
  std::function<void(std::string_view)> write_;
};

}  // namespace keisei::usi
