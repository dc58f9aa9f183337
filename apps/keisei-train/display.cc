#include "display.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

constexpr int kUsualColumns = 80;

int terminal_columns() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kUsualColumns;
  return size.ws_col;
}

}  // namespace

Display::Mode Display::mode_for(bool quiet) {
  if (quiet) return Mode::quiet;
  const char* const terminal = std::getenv("TERM");
  const bool can_redraw = terminal != nullptr && std::string_view(terminal) != "dumb";
  return ::isatty(STDOUT_FILENO) == 1 && can_redraw ? Mode::live : Mode::plain;
}

void Display::clear() {
  // To the first of the drawn lines, and erase from there to the end of the screen.
  if (drawn_ > 0) fmt::print("\x1b[{}F\x1b[J", drawn_);
  drawn_ = 0;
}

void Display::say(const std::string& line) {
  if (mode_ == Mode::quiet) return;
  clear();
  fmt::print("{}\n", line);
  std::fflush(stdout);
}

void Display::warn(const std::string& line) {
  clear();
  std::fflush(stdout);
  fmt::print(stderr, "keisei-train: {}\n", line);
}

void Display::show(const keisei::rl::Progress& progress, const std::string& line) {
  if (mode_ == Mode::plain) say(line);
  if (mode_ != Mode::live) return;
  clear();
  // One column less: a full line would wrap on some terminals.
  for (const std::string& text : keisei::rl::progress_lines(progress, terminal_columns() - 1)) {
    fmt::print("{}\n", text);
    ++drawn_;
  }
  std::fflush(stdout);
}
