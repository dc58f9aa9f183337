#pragma once

#include <fcntl.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

namespace keisei {

/// A terminal whose output is held, as Ctrl-S does, until it is released.
class HeldTerminal {
 public:
  HeldTerminal() : screen_(::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
    if (screen_ < 0 || ::grantpt(screen_) != 0 || ::unlockpt(screen_) != 0) {
      throw std::runtime_error("no terminal to be had");
    }
    descriptor_ = ::open(::ptsname(screen_), O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (descriptor_ < 0 || ::tcflow(descriptor_, TCOOFF) != 0) {
      throw std::runtime_error("the terminal cannot be held");
    }
  }
  ~HeldTerminal() {
    ::close(screen_);
    ::close(descriptor_);
  }
  HeldTerminal(const HeldTerminal&) = delete;
  HeldTerminal& operator=(const HeldTerminal&) = delete;

  /// What a program writes to.
  int descriptor() const { return descriptor_; }
  void release() { ::tcflow(descriptor_, TCOON); }
  /// Waits for something new on the screen.
  std::string shown() {
    std::array<char, 4096> piece;
    const ssize_t size = ::read(screen_, piece.data(), piece.size());
    if (size <= 0) throw std::runtime_error("the terminal is gone");
    return {piece.data(), static_cast<std::size_t>(size)};
  }
  std::string shown_until(std::string_view end) {
    std::string text;
    while (!text.ends_with(end)) text += shown();
    return text;
  }

 private:
  int screen_;
  int descriptor_;
};

}  // namespace keisei
