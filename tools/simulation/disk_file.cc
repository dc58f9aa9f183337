#include "simulation/disk_file.h"

#include <sqlite3.h>

#include <algorithm>
#include <utility>

namespace keisei::simulation {
namespace {

constexpr std::size_t kSector = 512;

}  // namespace

void DiskFile::apply(const Write& write, std::string& bytes) {
  if (write.is_truncation) return bytes.resize(write.at);
  bytes.resize(std::max(bytes.size(), write.at + write.bytes.size()));
  std::copy(write.bytes.begin(), write.bytes.end(),
            bytes.begin() + static_cast<std::ptrdiff_t>(write.at));
}

void DiskFile::write(std::size_t at, std::string_view bytes) {
  unsynced_.push_back({at, std::string(bytes), false});
  apply(unsynced_.back(), bytes_);
}

void DiskFile::truncate(std::size_t size) {
  unsynced_.push_back({size, {}, true});
  apply(unsynced_.back(), bytes_);
}

void DiskFile::sync() {
  for (const Write& write : unsynced_) apply(write, synced_);
  unsynced_.clear();
}

void DiskFile::lose_unsynced(Random& random) {
  const std::size_t kept_percent = random.below(101);  // nothing of it, some, or all
  for (Write& write : unsynced_) {
    if (random.below(100) >= kept_percent) continue;
    const std::size_t sectors = write.bytes.size() / kSector;
    if (sectors > 0 && random.one_in(4)) write.bytes.resize(random.below(sectors) * kSector);
    apply(write, synced_);
  }
  unsynced_.clear();
  bytes_ = synced_;
}

void DiskFile::forget_handles() {
  handles_.clear();
  memory_.reset();
}

std::shared_ptr<DiskHandle> DiskFile::open() {
  auto handle = std::make_shared<DiskHandle>();
  handles_.push_back(handle);
  return handle;
}

void DiskFile::close(const DiskHandle& handle) {
  std::erase_if(handles_, [&](const auto& weak) {
    const auto other = weak.lock();
    return !other || other.get() == &handle;
  });
  if (handles_.empty()) memory_.reset();
}

bool DiskFile::lock(DiskHandle& handle, int level) {
  for (const auto& weak : handles_) {
    const auto other = weak.lock();
    if (!other || other.get() == &handle) continue;
    if (other->lock >= SQLITE_LOCK_PENDING) return false;
    if (level >= SQLITE_LOCK_RESERVED && other->lock >= SQLITE_LOCK_RESERVED) return false;
    if (level == SQLITE_LOCK_EXCLUSIVE && other->lock >= SQLITE_LOCK_SHARED) {
      handle.lock = SQLITE_LOCK_PENDING;
      return false;
    }
  }
  handle.lock = level;
  return true;
}

bool DiskFile::is_reserved() const {
  return std::any_of(handles_.begin(), handles_.end(), [](const auto& weak) {
    const auto handle = weak.lock();
    return handle && handle->lock >= SQLITE_LOCK_RESERVED;
  });
}

bool DiskFile::lock_memory(DiskHandle& handle, std::size_t first, std::size_t count,
                           bool exclusive) {
  for (const auto& weak : handles_) {
    const auto other = weak.lock();
    if (!other || other.get() == &handle) continue;
    for (std::size_t i = first; i < first + count; ++i) {
      if (other->excludes.at(i) || (exclusive && other->shares.at(i))) return false;
    }
  }
  for (std::size_t i = first; i < first + count; ++i) {
    (exclusive ? handle.excludes : handle.shares).at(i) = true;
  }
  return true;
}

void DiskFile::unlock_memory(DiskHandle& handle, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    handle.shares.at(i) = handle.excludes.at(i) = false;
  }
}

char* DiskFile::memory(DiskHandle& handle, std::size_t region, std::size_t size, bool makes) {
  if (!memory_) memory_ = std::make_shared<SharedRegions>();
  handle.memory = memory_;
  if (region >= memory_->size() && !makes) return nullptr;
  while (memory_->size() <= region) {
    memory_->push_back(std::make_unique<std::string>(size, '\0'));
  }
  return (*memory_)[region]->data();
}

}  // namespace keisei::simulation
