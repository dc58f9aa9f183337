#pragma once

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keisei {

/// A file that one process adds to: what is appended is there whole or not at all, also when the
/// disk is full. A process that is killed in between may leave the last piece cut off. For one
/// thread.
class AppendFile {
 public:
  /// Opens it, or makes it with these permissions.
  static Result<AppendFile> open(const std::string& path, mode_t permissions = 0644);
  /// Makes it. Fails with `unavailable` if there is something already.
  static Result<AppendFile> create(const std::string& path, mode_t permissions = 0644);
  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&&) = delete;
  ~AppendFile();

  Result<void> append(std::string_view bytes);
  /// Reads from `at` on; how many bytes there were, 0 at the end or when it cannot be read.
  std::size_t read(std::size_t at, std::span<char> bytes) const;
  /// Drops what lies behind; whether that worked.
  bool cut_to(std::size_t size);
  std::size_t size() const { return size_; }

 private:
  AppendFile(int descriptor, std::string path, std::size_t size);
  static Result<AppendFile> open_with(int flags, const std::string& path, mode_t permissions);

  int descriptor_;
  std::string path_;
  std::size_t size_;
};

}  // namespace keisei
