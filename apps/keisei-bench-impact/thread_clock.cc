#include "thread_clock.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace {

constexpr double kNanosecond = 1e-9;

double seconds(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return static_cast<double>(time.tv_sec) + kNanosecond * static_cast<double>(time.tv_nsec);
}

}  // namespace

ThreadClock::ThreadClock() : schedstat_(::open("/proc/thread-self/schedstat", O_RDONLY)) {
  if (schedstat_ < 0) throw std::runtime_error("this kernel has no /proc/thread-self/schedstat");
}

ThreadClock::~ThreadClock() { ::close(schedstat_); }

ThreadTime ThreadClock::now() const {
  // "time on a processor" "time waiting for one" "time slices", the first only brought up to date
  // with every tick.
  std::array<char, 64> text{};
  (void)!::pread(schedstat_, text.data(), text.size() - 1, 0);
  char* rest = nullptr;
  (void)std::strtoull(text.data(), &rest, 10);
  const auto waiting = static_cast<double>(std::strtoull(rest, nullptr, 10));
  return {seconds(CLOCK_MONOTONIC), seconds(CLOCK_THREAD_CPUTIME_ID), kNanosecond * waiting};
}
