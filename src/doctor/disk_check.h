#pragma once

#include <cstdint>
#include <filesystem>

#include "doctor/finding.h"

namespace keisei::doctor {

/// Bytes that a folder's disk should have free, and below which nothing works.
struct DiskNeeds {
  std::uint64_t wanted;
  std::uint64_t least;
};

/// Whether this user may write to the folder, or to the nearest one above it that there is, and
/// whether its disk has room: bytes and files. `flag` names the folder: "--state-dir".
Finding check_disk(const std::string& check, const std::filesystem::path& folder,
                   const DiskNeeds& needs, const std::string& flag);

}  // namespace keisei::doctor
