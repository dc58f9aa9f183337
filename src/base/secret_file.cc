#include "base/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

namespace keisei {
namespace {

using Kind = SecretFlaw::Kind;

constexpr std::size_t kLongestWord = 128;  // as a `control` message carries it

auto flawed(Kind kind, std::string what) {
  return tl::unexpected<SecretFlaw>(SecretFlaw{kind, std::move(what)});
}

auto flawed(int error) {
  return flawed(error == ENOENT   ? Kind::absent
                : error == EACCES ? Kind::forbidden
                                  : Kind::unreadable,
                std::string(": ") + std::strerror(error));
}

bool is_visible(char c) { return c > ' ' && c <= '~'; }

tl::expected<Secret, SecretFlaw> read_from(int file) {
  struct stat status {};
  if (::fstat(file, &status) != 0) return flawed(errno);
  if (S_ISDIR(status.st_mode)) return flawed(Kind::no_file, " is a folder");
  if (!S_ISREG(status.st_mode)) return flawed(Kind::no_file, " is no ordinary file");
  std::array<char, kLongestWord + 4> bytes{};  // with the end of its line, and a byte too many
  const ssize_t size = ::read(file, bytes.data(), bytes.size());
  if (size < 0) return flawed(errno);
  std::string_view word(bytes.data(), static_cast<std::size_t>(size));
  word = word.substr(0, word.find_last_not_of(" \r\n") + 1);
  if (word.empty()) return flawed(Kind::no_word, " is empty");
  if (word.size() > kLongestWord || !std::all_of(word.begin(), word.end(), is_visible)) {
    return flawed(Kind::no_word, " holds something else than one token");
  }
  return Secret{std::string(word), status.st_uid, status.st_mode};
}

}  // namespace

tl::expected<Secret, SecretFlaw> read_secret(const std::string& path) {
  // Without O_NONBLOCK a FIFO would hold its reader up, for ever.
  const int file = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (file < 0) return flawed(errno);
  auto secret = read_from(file);
  ::close(file);
  return secret;
}

}  // namespace keisei
