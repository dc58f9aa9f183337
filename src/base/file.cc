#include "base/file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace keisei {

Result<std::string> read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream bytes;
  // An empty file has nothing to insert, which the stream calls a failure.
  if (!file || (file.peek() != std::ifstream::traits_type::eof() && !(bytes << file.rdbuf()))) {
    return fail(path + ": cannot be read");
  }
  return std::move(bytes).str();
}

Result<void> rename_durably(const std::string& from, const std::string& to) {
  if (std::rename(from.c_str(), to.c_str()) != 0) return fail(to + ": " + std::strerror(errno));
  const std::string folder = std::filesystem::absolute(to).parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  // A file system that cannot sync a folder says EINVAL.
  const bool is_synced = descriptor >= 0 && (::fsync(descriptor) == 0 || errno == EINVAL);
  const std::string why = std::strerror(errno);
  if (descriptor >= 0) ::close(descriptor);
  if (!is_synced) return fail(folder + ": " + why);
  return {};
}

Result<void> write_atomically(const std::string& path, std::string_view bytes) {
  const std::string temporary = path + ".part";
  const auto give_up = [&](int descriptor) {
    const std::string why = std::strerror(errno);
    if (descriptor >= 0) ::close(descriptor);
    ::unlink(temporary.c_str());
    return fail(path + ": " + why);
  };
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return give_up(-1);
  for (std::size_t done = 0; done < bytes.size();) {
    const ssize_t written = ::write(descriptor, bytes.data() + done, bytes.size() - done);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return give_up(descriptor);
    done += static_cast<std::size_t>(written);
  }
  if (::fsync(descriptor) != 0) return give_up(descriptor);
  if (::close(descriptor) != 0) return give_up(-1);
  auto renamed = rename_durably(temporary, path);
  if (!renamed) ::unlink(temporary.c_str());
  return renamed;
}

}  // namespace keisei
