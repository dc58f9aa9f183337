// How much memory a whole program has allocated and not freed: loaded before it (LD_PRELOAD), a
// thread writes that into the file KEISEI_BYTES_IN_USE twice a second. Resident memory also holds
// what was freed and is kept for later, and so rises in steps that say little.
//
// The file holds two 64-bit integers: the process, and its bytes, 0 before they are known.
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>

namespace {

struct Report {
  std::atomic<std::int64_t> process;
  std::atomic<std::int64_t> bytes;
};

constexpr timespec kPause{.tv_sec = 0, .tv_nsec = 500'000'000};

Report* shared_report() {
  const char* path = std::getenv("KEISEI_BYTES_IN_USE");
  const int file = path == nullptr ? -1 : ::open(path, O_RDWR | O_CLOEXEC);
  if (file < 0) return nullptr;
  void* bytes = ::mmap(nullptr, sizeof(Report), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  ::close(file);
  return bytes == MAP_FAILED ? nullptr : static_cast<Report*>(bytes);
}

void* report(void* shared) {
  auto& told = *static_cast<Report*>(shared);
  told.bytes = 0;
  told.process = ::getpid();
  for (;;) {
    const struct mallinfo2 info = ::mallinfo2();  // of all arenas; hblkhd is what is mapped for one
    told.bytes = static_cast<std::int64_t>(info.uordblks + info.hblkhd);
    ::nanosleep(&kPause, nullptr);
  }
}

// Signals are for the program's own threads.
[[gnu::constructor]] void begin() {
  Report* const shared = shared_report();
  if (shared == nullptr) return;
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  if (::pthread_create(&thread, nullptr, report, shared) == 0) ::pthread_detach(thread);
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace
