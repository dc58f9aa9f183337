#include "base/unwaited_output.h"

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace keisei {
namespace {

/// A terminal opened anew, so that writes to it do not block: the flag of the open one is shared
/// with the shell and everyone else there. Anything else, or a terminal that is not ours to open,
/// as it is.
class Opened {
 public:
  explicit Opened(int descriptor) : descriptor_(descriptor) {
    if (::isatty(descriptor) != 1) return;
    const std::string path = "/proc/self/fd/" + std::to_string(descriptor);
    own_ = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  }
  ~Opened() {
    if (own_ >= 0) ::close(own_);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  int get() const { return own_ >= 0 ? own_ : descriptor_; }

 private:
  int descriptor_;
  int own_ = -1;
};

/// How many bytes were taken at once.
std::size_t put(int descriptor, std::string_view text) {
  constexpr std::size_t kPiece = 4096;  // a pipe that takes anything takes as much (pipe(7))
  std::size_t done = 0;
  while (done < text.size()) {
    pollfd room{.fd = descriptor, .events = POLLOUT, .revents = 0};
    if (::poll(&room, 1, 0) != 1 || (room.revents & POLLOUT) == 0) break;
    const std::string_view piece = text.substr(done, kPiece);
    const ssize_t written = ::write(descriptor, piece.data(), piece.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    done += static_cast<std::size_t>(written);
  }
  return done;
}

}  // namespace

bool UnwaitedOutput::write(std::string_view line) {
  const bool taken = take(line);
  left_out_ = taken ? 0 : left_out_ + 1;
  return taken;
}

bool UnwaitedOutput::take(std::string_view line) {
  const Opened output(descriptor_);
  rest_.erase(0, put(output.get(), rest_));
  if (!rest_.empty()) return false;
  const std::size_t taken = put(output.get(), line);
  if (taken > 0) rest_ = line.substr(taken);
  return taken > 0 || line.empty();
}

}  // namespace keisei
