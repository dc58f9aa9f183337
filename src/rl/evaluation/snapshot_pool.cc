#include "rl/evaluation/snapshot_pool.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "base/file.h"
#include "rl/selfplay/past_choice.h"

namespace keisei::rl {
namespace {

constexpr std::string_view kPrefix = "network-", kSuffix = ".weights", kAside = ".set-aside";

std::optional<std::int64_t> update_of(const std::string& name) {
  if (!name.starts_with(kPrefix) || !name.ends_with(kSuffix)) return std::nullopt;
  const char* const begin = name.data() + kPrefix.size();
  const char* const end = name.data() + name.size() - kSuffix.size();
  std::int64_t update = 0;
  const auto read = std::from_chars(begin, end, update);
  return read.ec == std::errc{} && read.ptr == end ? std::optional(update) : std::nullopt;
}

}  // namespace

SnapshotPool::SnapshotPool(std::string directory, int most, std::int64_t latest_update)
    : directory_(std::move(directory)), most_(most) {
  std::error_code ignored;
  std::filesystem::create_directories(directory_, ignored);
  std::vector<std::int64_t> beyond;
  for (const auto& entry : std::filesystem::directory_iterator(directory_, ignored)) {
    const auto update = update_of(entry.path().filename().string());
    if (update) (*update <= latest_update ? updates_ : beyond).push_back(*update);
  }
  std::sort(updates_.begin(), updates_.end());
  // Else the run would find them when it is resumed once more, and has got that far.
  for (const std::int64_t update : beyond) {
    const std::string path = path_of(update);
    std::filesystem::rename(path, path + std::string(kAside), ignored);
  }
}

std::string SnapshotPool::path_of(std::int64_t update) const {
  return fmt::format("{}/{}{}{}", directory_, kPrefix, update, kSuffix);
}

Result<std::string> SnapshotPool::weights(std::int64_t update) const {
  return read_file(path_of(update));
}

Result<void> SnapshotPool::add(std::int64_t update, const std::string& weights,
                               std::span<const std::int64_t> needed) {
  if (Result<void> written = write_atomically(path_of(update), weights); !written) return written;
  if (updates_.empty() || updates_.back() < update) updates_.push_back(update);
  const auto kept = thin_out(updates_, most_);
  for (const std::int64_t old : std::vector(updates_)) {
    const bool is_needed = std::find(needed.begin(), needed.end(), old) != needed.end();
    if (!is_needed && !std::binary_search(kept.begin(), kept.end(), old)) drop(old);
  }
  return {};
}

void SnapshotPool::drop(std::int64_t update) {
  std::erase(updates_, update);
  std::error_code ignored;
  std::filesystem::remove(path_of(update), ignored);
}

}  // namespace keisei::rl
