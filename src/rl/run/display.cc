#include "rl/run/display.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>
#include <utility>

namespace keisei::rl {
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

// In one write, so that no half-drawn state is ever seen.
void Display::draw(const std::string& above) {
  std::string text;
  if (drawn_ > 0) text = fmt::format("\x1b[{}F\x1b[J", drawn_);  // up, and erase what is below
  if (unsaid_ > 0)
    text += fmt::format("({} lines were left out here: nobody took them)\n", unsaid_);
  text += above;
  for (const std::string& line : state_) text += line + '\n';
  if (output_.write(text)) {
    drawn_ = state_.size();
    unsaid_ = 0;
  } else if (!above.empty()) {
    ++unsaid_;
  }
}

void Display::say(const std::string& line) {
  const std::lock_guard lock(mutex_);
  if (mode_ != Mode::quiet) draw(line + '\n');
}

void Display::warn(const std::string& line) {
  const std::lock_guard lock(mutex_);
  const auto state = std::exchange(state_, {});
  if (drawn_ > 0) draw();
  std::string text = "keisei-train: " + line;
  if (errors_.left_out() > 0) text += fmt::format(" (left out before: {})", errors_.left_out());
  errors_.write(text + '\n');
  state_ = state;
  if (!state_.empty()) draw();
}

void Display::show(const Progress& progress, const std::string& line) {
  if (mode_ == Mode::plain) return say(line);
  if (mode_ == Mode::quiet) return;
  const std::lock_guard lock(mutex_);
  // One column less: a full line would wrap on some terminals.
  state_ = progress_lines(progress, terminal_columns() - 1);
  draw();
}

void Display::finish(const std::string& line) {
  {
    const std::lock_guard lock(mutex_);
    state_.clear();
    drawn_ = 0;
  }
  say(line);
}

}  // namespace keisei::rl
