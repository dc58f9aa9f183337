#include "hook/transport/token_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace keisei::hook {
namespace {

constexpr std::size_t kMostBytes = 512;

/// What may stand in a header without ending it.
bool is_visible(char c) { return c > ' ' && c <= '~'; }

}  // namespace

Result<std::string> read_token(const std::string& path) {
  // Without O_NONBLOCK a FIFO would hold the publisher, and the end of training with it.
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (file < 0) return fail(path + ": " + std::strerror(errno));
  std::array<char, kMostBytes> bytes{};
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  const ssize_t size =
      known && S_ISREG(status.st_mode) ? ::read(file, bytes.data(), bytes.size()) : -1;
  const int error = errno;
  ::close(file);
  if (known && S_ISDIR(status.st_mode)) return fail(path + " is a folder");
  if (known && !S_ISREG(status.st_mode)) return fail(path + " is no ordinary file");
  if (size < 0) return fail(path + ": " + std::strerror(error));

  std::string_view token(bytes.data(), static_cast<std::size_t>(size));
  token = token.substr(0, token.find('\n'));
  while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.remove_suffix(1);
  if (token.empty()) return fail(path + " is empty");
  if (token.size() == kMostBytes || !std::all_of(token.begin(), token.end(), is_visible)) {
    return fail("the first line of " + path + " is no token");
  }
  return std::string(token);
}

}  // namespace keisei::hook
