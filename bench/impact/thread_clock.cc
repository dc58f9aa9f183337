#include "thread_clock.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace {

constexpr double kNanosecond = 1e-9;

double monotonic_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + kNanosecond * static_cast<double>(time.tv_nsec);
}

}  // namespace

ThreadClock::ThreadClock() : schedstat_(::open("/proc/thread-self/schedstat", O_RDONLY)) {
  if (schedstat_ < 0) throw std::runtime_error("this kernel has no /proc/thread-self/schedstat");
}

ThreadClock::~ThreadClock() { ::close(schedstat_); }

ThreadTime ThreadClock::now() const {
  // "time on a processor" "time waiting for one" "time slices"
  std::array<char, 64> text{};
  (void)!::pread(schedstat_, text.data(), text.size() - 1, 0);
  char* rest = nullptr;
  (void)std::strtoull(text.data(), &rest, 10);
  const auto waiting = static_cast<double>(std::strtoull(rest, nullptr, 10));
  return {monotonic_seconds(), kNanosecond * waiting};
}
