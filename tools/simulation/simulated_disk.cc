#include "simulation/simulated_disk.h"

#include <algorithm>
#include <cstring>
#include <string_view>
#include <utility>

namespace keisei::simulation {
namespace {

/// Of SQLite, which gives the memory; what belongs to it is made when a file is opened.
struct OpenFile : sqlite3_file {
  struct Contents {
    SimulatedDisk* disk;
    std::shared_ptr<DiskFile> file;
    std::shared_ptr<DiskHandle> handle;
    bool is_cut_off = false;  // its process is no more
  };
  std::shared_ptr<Contents>* contents;
};

using Contents = OpenFile::Contents;

Contents& of(sqlite3_file* file) { return **static_cast<OpenFile*>(file)->contents; }

}  // namespace

/// What SQLite calls.
struct DiskMethods {
  static std::vector<std::weak_ptr<Contents>>& open_files() {
    static std::vector<std::weak_ptr<Contents>> files;
    return files;
  }

  static int close(sqlite3_file* out) {
    auto* const file = static_cast<OpenFile*>(out);
    const auto contents = *file->contents;
    if (!contents->is_cut_off) contents->file->close(*contents->handle);
    delete file->contents;
    file->contents = nullptr;
    return SQLITE_OK;
  }

  static int read(sqlite3_file* out, void* to, int count, sqlite3_int64 at) {
    const Contents& file = of(out);
    if (file.is_cut_off) return SQLITE_IOERR_READ;
    const auto size = static_cast<std::size_t>(count);
    const std::string_view all = file.file->bytes();
    const std::string_view found =
        all.substr(std::min(all.size(), static_cast<std::size_t>(at)), size);
    std::memcpy(to, found.data(), found.size());
    if (found.size() == size) return SQLITE_OK;
    std::memset(static_cast<char*>(to) + found.size(), 0, size - found.size());
    return SQLITE_IOERR_SHORT_READ;
  }

  static int write(sqlite3_file* out, const void* from, int count, sqlite3_int64 at) {
    const Contents& file = of(out);
    if (file.is_cut_off || !file.disk->takes_a_write()) return SQLITE_IOERR_WRITE;
    const auto size = static_cast<std::size_t>(count);
    const auto place = static_cast<std::size_t>(at);
    if (file.disk->is_full_ && place + size > file.file->bytes().size()) return SQLITE_FULL;
    file.file->write(place, {static_cast<const char*>(from), size});
    return SQLITE_OK;
  }

  static int truncate(sqlite3_file* out, sqlite3_int64 size) {
    const Contents& file = of(out);
    if (file.is_cut_off || !file.disk->takes_a_write()) return SQLITE_IOERR_TRUNCATE;
    file.file->truncate(static_cast<std::size_t>(size));
    return SQLITE_OK;
  }

  static int sync(sqlite3_file* out, int) {
    const Contents& file = of(out);
    if (file.is_cut_off || !file.disk->takes_a_write()) return SQLITE_IOERR_FSYNC;
    file.file->sync();
    return SQLITE_OK;
  }

  static int file_size(sqlite3_file* out, sqlite3_int64* size) {
    *size = static_cast<sqlite3_int64>(of(out).file->bytes().size());
    return SQLITE_OK;
  }

  static int lock(sqlite3_file* out, int level) {
    const Contents& file = of(out);
    if (file.is_cut_off) return SQLITE_IOERR_LOCK;
    if (file.handle->lock >= level) return SQLITE_OK;
    return file.file->lock(*file.handle, level) ? SQLITE_OK : SQLITE_BUSY;
  }
  static int unlock(sqlite3_file* out, int level) {
    int& held = of(out).handle->lock;
    held = std::min(held, level);
    return SQLITE_OK;
  }
  static int check_reserved_lock(sqlite3_file* out, int* is_reserved) {
    *is_reserved = of(out).file->is_reserved() ? 1 : 0;
    return SQLITE_OK;
  }

  static int map_memory(sqlite3_file* out, int region, int size, int makes,
                        void volatile** memory) {
    const Contents& file = of(out);
    if (file.is_cut_off) return SQLITE_IOERR_SHMMAP;
    *memory = file.file->memory(*file.handle, static_cast<std::size_t>(region),
                                static_cast<std::size_t>(size), makes != 0);
    return SQLITE_OK;
  }
  static int lock_memory(sqlite3_file* out, int first, int count, int flags) {
    const Contents& file = of(out);
    if (file.is_cut_off) return SQLITE_IOERR_SHMLOCK;
    const auto from = static_cast<std::size_t>(first);
    const auto size = static_cast<std::size_t>(count);
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
      DiskFile::unlock_memory(*file.handle, from, size);
      return SQLITE_OK;
    }
    const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    return file.file->lock_memory(*file.handle, from, size, exclusive) ? SQLITE_OK : SQLITE_BUSY;
  }

  static const sqlite3_io_methods& io() {
    static const sqlite3_io_methods methods = [] {
      sqlite3_io_methods all{};
      all.iVersion = 2;
      all.xClose = close;
      all.xRead = read;
      all.xWrite = write;
      all.xTruncate = truncate;
      all.xSync = sync;
      all.xFileSize = file_size;
      all.xLock = lock;
      all.xUnlock = unlock;
      all.xCheckReservedLock = check_reserved_lock;
      all.xFileControl = [](sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; };
      all.xSectorSize = [](sqlite3_file*) { return 4096; };
      all.xDeviceCharacteristics = [](sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; };
      all.xShmMap = map_memory;
      all.xShmLock = lock_memory;
      all.xShmBarrier = [](sqlite3_file*) {};
      all.xShmUnmap = [](sqlite3_file*, int) { return SQLITE_OK; };
      return all;
    }();
    return methods;
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags, int* opened) {
    auto* const disk = static_cast<SimulatedDisk*>(vfs->pAppData);
    auto* const file = static_cast<OpenFile*>(out);
    file->pMethods = nullptr;
    std::shared_ptr<DiskFile> found;
    if (name == nullptr) {
      found = std::make_shared<DiskFile>();  // a temporary one
    } else if (const auto place = disk->files_.find(name); place != disk->files_.end()) {
      found = place->second;
    } else if ((flags & SQLITE_OPEN_CREATE) == 0) {
      return SQLITE_CANTOPEN;
    } else {
      found = disk->files_[name] = std::make_shared<DiskFile>();
    }
    auto contents = std::make_shared<Contents>(Contents{disk, found, found->open()});
    std::erase_if(open_files(), [](const auto& weak) { return weak.expired(); });
    open_files().push_back(contents);
    file->contents = new std::shared_ptr<Contents>(std::move(contents));
    file->pMethods = &io();
    if (opened != nullptr) *opened = flags;
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int) {
    auto* const disk = static_cast<SimulatedDisk*>(vfs->pAppData);
    return disk->files_.erase(name) > 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
  }

  static int access(sqlite3_vfs* vfs, const char* name, int flags, int* result) {
    const auto* const disk = static_cast<SimulatedDisk*>(vfs->pAppData);
    const auto found = disk->files_.find(name);
    const bool is_there = found != disk->files_.end();
    const bool is_enough =
        flags != SQLITE_ACCESS_EXISTS || !is_there || !found->second->bytes().empty();
    *result = is_there && is_enough ? 1 : 0;
    return SQLITE_OK;
  }

  static int full_name(sqlite3_vfs*, const char* name, int size, char* out) {
    const std::string_view text(name);
    if (text.size() + 1 > static_cast<std::size_t>(size)) return SQLITE_CANTOPEN;
    std::memcpy(out, text.data(), text.size());
    out[text.size()] = '\0';
    return SQLITE_OK;
  }

  static int randomness(sqlite3_vfs* vfs, int count, char* out) {
    auto* const disk = static_cast<SimulatedDisk*>(vfs->pAppData);
    for (int i = 0; i < count; ++i) out[i] = static_cast<char>(disk->random_.below(256));
    return count;
  }
};

SimulatedDisk::SimulatedDisk(Random random) : real_(sqlite3_vfs_find(nullptr)), random_(random) {
  vfs_.iVersion = 2;
  vfs_.szOsFile = static_cast<int>(sizeof(OpenFile));
  vfs_.mxPathname = 512;
  vfs_.zName = "simulated";
  vfs_.pAppData = this;
  vfs_.xOpen = DiskMethods::open;
  vfs_.xDelete = DiskMethods::remove;
  vfs_.xAccess = DiskMethods::access;
  vfs_.xFullPathname = DiskMethods::full_name;
  vfs_.xRandomness = DiskMethods::randomness;
  vfs_.xSleep = [](sqlite3_vfs*, int microseconds) { return microseconds; };
  vfs_.xCurrentTime = [](sqlite3_vfs*, double* days) {
    *days = 2'460'000.5;
    return SQLITE_OK;
  };
  vfs_.xGetLastError = [](sqlite3_vfs*, int, char*) { return 0; };
  vfs_.xCurrentTimeInt64 = [](sqlite3_vfs*, sqlite3_int64* milliseconds) {
    *milliseconds = 2'460'000 * sqlite3_int64{86'400'000};
    return SQLITE_OK;
  };
  sqlite3_vfs_register(&vfs_, 1);
  sqlite3_randomness(0, nullptr);  // what it draws, it draws from here
}

SimulatedDisk::~SimulatedDisk() {
  sqlite3_vfs_unregister(&vfs_);
  sqlite3_vfs_register(real_, 1);
  sqlite3_randomness(0, nullptr);
}

bool SimulatedDisk::takes_a_write() {
  if (!writes_left_) return true;
  if (*writes_left_ == 0) return false;
  --*writes_left_;
  return true;
}

void SimulatedDisk::end_process() {
  for (const auto& weak : DiskMethods::open_files()) {
    if (const auto contents = weak.lock()) contents->is_cut_off = true;
  }
  for (const auto& [name, file] : files_) file->forget_handles();
}

void SimulatedDisk::lose_power() {
  end_process();
  for (const auto& [name, file] : files_) file->lose_unsynced(random_);
}

void SimulatedDisk::spoil(const std::function<void(std::string& bytes)>& change) {
  for (const auto& [name, file] : files_) {
    std::string bytes(file->bytes());
    change(bytes);
    file->truncate(0);
    file->write(0, bytes);
    file->sync();
  }
}

std::size_t SimulatedDisk::bytes() const {
  std::size_t sum = 0;
  for (const auto& [name, file] : files_) sum += 2 * file->bytes().size();
  return sum;
}

void SimulatedDisk::add_to(Digest& digest) const {
  for (const auto& [name, file] : files_) {
    digest.add(name);
    digest.add(file->bytes());
  }
}

}  // namespace keisei::simulation
