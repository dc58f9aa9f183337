#include "store/testing/recorded_disk.h"

#include <algorithm>
#include <string_view>

namespace keisei::store::testing {

/// A file of the real disk that notes what happens to it; SQLite gives it the memory.
struct RecordedFile : sqlite3_file {
  RecordedDisk* disk;
  const char* path;  // SQLite keeps it as long as the file
  bool is_noted;     // of the database and its log; others are made anew after a power cut
  sqlite3_file* real;

  void note(RecordedDisk::Event::Kind kind, std::size_t at, std::string_view bytes) const {
    if (is_noted) disk->events_.push_back({kind, path, at, std::string(bytes)});
  }
};

namespace {

RecordedFile& noted(sqlite3_file* file) { return *static_cast<RecordedFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return noted(file).real; }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }

/// All that is passed on as it is.
struct Methods : sqlite3_io_methods {
  Methods() : sqlite3_io_methods{} {
    iVersion = 3;
    xClose = [](sqlite3_file* file) { return methods(file).xClose(real(file)); };
    xRead = [](sqlite3_file* file, void* bytes, int size, sqlite3_int64 at) {
      return methods(file).xRead(real(file), bytes, size, at);
    };
    xFileSize = [](sqlite3_file* file, sqlite3_int64* size) {
      return methods(file).xFileSize(real(file), size);
    };
    xLock = [](sqlite3_file* file, int lock) { return methods(file).xLock(real(file), lock); };
    xUnlock = [](sqlite3_file* file, int lock) { return methods(file).xUnlock(real(file), lock); };
    xCheckReservedLock = [](sqlite3_file* file, int* is_reserved) {
      return methods(file).xCheckReservedLock(real(file), is_reserved);
    };
    xFileControl = [](sqlite3_file* file, int what, void* argument) {
      return methods(file).xFileControl(real(file), what, argument);
    };
    xSectorSize = [](sqlite3_file* file) { return methods(file).xSectorSize(real(file)); };
    xDeviceCharacteristics = [](sqlite3_file* file) {
      return methods(file).xDeviceCharacteristics(real(file));
    };
    xShmMap = [](sqlite3_file* file, int page, int size, int extends, void volatile** memory) {
      return methods(file).xShmMap(real(file), page, size, extends, memory);
    };
    xShmLock = [](sqlite3_file* file, int offset, int count, int flags) {
      return methods(file).xShmLock(real(file), offset, count, flags);
    };
    xShmBarrier = [](sqlite3_file* file) { methods(file).xShmBarrier(real(file)); };
    xShmUnmap = [](sqlite3_file* file, int removes) {
      return methods(file).xShmUnmap(real(file), removes);
    };
    xFetch = [](sqlite3_file*, sqlite3_int64, int, void** memory) {
      *memory = nullptr;
      return SQLITE_OK;
    };
    xUnfetch = [](sqlite3_file*, sqlite3_int64, void*) { return SQLITE_OK; };
  }
};

}  // namespace

RecordedDisk::RecordedDisk() : vfs_(*sqlite3_vfs_find(nullptr)), real_(sqlite3_vfs_find(nullptr)) {
  static const sqlite3_io_methods kMethods = [] {
    Methods all;
    all.xWrite = [](sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
      noted(file).note(Event::Kind::write, static_cast<std::size_t>(at),
                       {static_cast<const char*>(bytes), static_cast<std::size_t>(size)});
      return methods(file).xWrite(real(file), bytes, size, at);
    };
    all.xTruncate = [](sqlite3_file* file, sqlite3_int64 size) {
      noted(file).note(Event::Kind::truncate, static_cast<std::size_t>(size), {});
      return methods(file).xTruncate(real(file), size);
    };
    all.xSync = [](sqlite3_file* file, int flags) {
      const int result = methods(file).xSync(real(file), flags);
      noted(file).note(Event::Kind::sync, 0, {});
      return result;
    };
    return static_cast<sqlite3_io_methods>(all);
  }();
  vfs_.zName = "recorded";
  vfs_.pAppData = this;
  vfs_.szOsFile = static_cast<int>(sizeof(RecordedFile)) + real_->szOsFile;
  vfs_.xOpen = [](sqlite3_vfs* vfs, const char* path, sqlite3_file* out, int flags, int* opened) {
    auto* const disk = static_cast<RecordedDisk*>(vfs->pAppData);
    RecordedFile& file = noted(out);
    file.disk = disk;
    file.path = path;
    file.is_noted = (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) != 0;
    file.real = reinterpret_cast<sqlite3_file*>(&file + 1);
    const int result = disk->real_->xOpen(disk->real_, path, file.real, flags, opened);
    file.pMethods = file.real->pMethods != nullptr ? &kMethods : nullptr;
    return result;
  };
  vfs_.xDelete = [](sqlite3_vfs* vfs, const char* path, int syncs) {
    auto* const disk = static_cast<RecordedDisk*>(vfs->pAppData);
    disk->events_.push_back({Event::Kind::remove, path, 0, {}});
    return disk->real_->xDelete(disk->real_, path, syncs);
  };
  sqlite3_vfs_register(&vfs_, 1);
}

RecordedDisk::~RecordedDisk() {
  sqlite3_vfs_unregister(&vfs_);
  sqlite3_vfs_register(real_, 1);
}

std::map<std::string, std::string> RecordedDisk::after_power_cut(std::size_t moment,
                                                                 std::minstd_rand& random) const {
  std::map<std::string, std::string> disk;
  std::map<std::string, std::vector<Event>> unsynced;
  const auto apply = [&](const Event& event) {
    std::string& file = disk[event.path];
    if (event.kind == Event::Kind::truncate) return file.resize(event.at);
    file.resize(std::max(file.size(), event.at + event.bytes.size()));
    std::copy(event.bytes.begin(), event.bytes.end(),
              file.begin() + static_cast<std::ptrdiff_t>(event.at));
  };
  for (std::size_t i = 0; i < moment; ++i) {
    const Event& event = events_[i];
    if (event.kind == Event::Kind::remove) {
      disk.erase(event.path);
      unsynced.erase(event.path);
    } else if (event.kind == Event::Kind::sync) {
      for (const Event& waiting : unsynced[event.path]) apply(waiting);
      unsynced[event.path].clear();
    } else {
      unsynced[event.path].push_back(event);
    }
  }
  // Nothing of it, some, or almost all.
  const auto share = static_cast<unsigned>(random() % 101);
  for (const auto& [path, waiting] : unsynced) {
    for (Event event : waiting) {
      if (random() % 100 >= share) continue;
      constexpr std::size_t kSector = 512;
      const std::size_t sectors = event.bytes.size() / kSector;
      if (sectors > 0 && random() % 4 == 0) event.bytes.resize(random() % sectors * kSector);
      apply(event);
    }
  }
  return disk;
}

}  // namespace keisei::store::testing
