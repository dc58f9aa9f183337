#include "doctor/disk_check.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace keisei::doctor {
namespace {

constexpr std::uint64_t kFewFiles = 100;

std::filesystem::path nearest_there(std::filesystem::path path) {
  std::error_code unknown;
  path = std::filesystem::absolute(path, unknown);
  while (!std::filesystem::exists(path, unknown) && path.has_relative_path()) {
    path = path.parent_path();
  }
  return path;
}

std::string in_words(std::uint64_t bytes) {
  const double megabytes = static_cast<double>(bytes) / 1e6;
  return megabytes < 1000 ? fmt::format("{:.0f} MB", megabytes)
                          : fmt::format("{:.1f} GB", megabytes / 1000);
}

}  // namespace

Finding check_disk(const std::string& check, const std::filesystem::path& folder,
                   const DiskNeeds& needs, const std::string& flag) {
  const std::filesystem::path there = nearest_there(folder);
  const std::string another = "choose another with " + flag;
  std::error_code unknown;
  if (!std::filesystem::is_directory(there, unknown)) {
    return {check, Verdict::failed, there.string() + " is no folder", another};
  }
  if (::faccessat(AT_FDCWD, there.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    return {check, Verdict::failed,
            fmt::format("{} cannot be written to: {}", there.string(), std::strerror(errno)),
            "let this user write there, or " + another};
  }
  struct statvfs disk {};
  if (::statvfs(there.c_str(), &disk) != 0) {
    return {check, Verdict::warning,
            fmt::format("the disk of {} does not say what is free: {}", there.string(),
                        std::strerror(errno))};
  }
  const std::uint64_t free = std::uint64_t{disk.f_bavail} * disk.f_frsize;
  const std::string found = fmt::format("{} free in {}", in_words(free), there.string());
  const std::string more_room = "make room, or " + another;
  if (free < needs.least) return {check, Verdict::failed, found, more_room};
  // Some file systems have no fixed number of files, and say 0 of 0.
  if (disk.f_files > 0 && disk.f_favail < kFewFiles) {
    return {check, Verdict::failed,
            fmt::format("room for {} more files only in {}", disk.f_favail, there.string()),
            more_room};
  }
  if (free < needs.wanted) {
    return {check, Verdict::warning, found,
            fmt::format("{} should be free: {}", in_words(needs.wanted), more_room)};
  }
  return {check, Verdict::ok, found};
}

}  // namespace keisei::doctor
