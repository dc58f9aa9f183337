#include "simulation/process_clock.h"

#include <openssl/rand.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstddef>
#include <stdexcept>

namespace keisei::simulation {
namespace {

const Clock* simulated_clock = nullptr;
Random* simulated_random = nullptr;

timespec timespec_of(std::chrono::nanoseconds since_epoch) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_epoch);
  return {static_cast<time_t>(seconds.count()), (since_epoch - seconds).count()};
}

}  // namespace

ProcessClock::ProcessClock(const Clock& clock, Random& random) {
  if (simulated_clock != nullptr) throw std::logic_error("two simulations at a time");
  simulated_clock = &clock;
  simulated_random = &random;
  // A program in which the C library's own functions are called would not be simulated.
  if (std::chrono::steady_clock::now() == clock.steady()) return;
  simulated_clock = nullptr;
  throw std::logic_error("the process does not tell the simulation's time");
}

ProcessClock::~ProcessClock() {
  simulated_clock = nullptr;
  simulated_random = nullptr;
}

}  // namespace keisei::simulation

// What a program defines itself is what all of it calls, its shared libraries included.
extern "C" {

int clock_gettime(clockid_t id, timespec* time) noexcept {
  using keisei::simulation::simulated_clock;
  using keisei::simulation::timespec_of;
  if (simulated_clock != nullptr) {
    switch (id) {
      case CLOCK_MONOTONIC:
      case CLOCK_MONOTONIC_RAW:
      case CLOCK_MONOTONIC_COARSE:
      case CLOCK_BOOTTIME:
        *time = timespec_of(simulated_clock->steady().time_since_epoch());
        return 0;
      case CLOCK_REALTIME:
      case CLOCK_REALTIME_COARSE:
        *time = timespec_of(simulated_clock->wall().time_since_epoch());
        return 0;
      default:
        break;
    }
  }
  return static_cast<int>(::syscall(SYS_clock_gettime, id, time));
}

// Without it Asio asks the clock when its timers are due.
int timerfd_create(int clock, int flags) noexcept {
  if (keisei::simulation::simulated_clock == nullptr) {
    return static_cast<int>(::syscall(SYS_timerfd_create, clock, flags));
  }
  errno = EINVAL;
  return -1;
}

int RAND_bytes(unsigned char* bytes, int count) {
  using keisei::simulation::simulated_random;
  const auto size = static_cast<std::size_t>(count);
  if (simulated_random != nullptr) {
    for (std::size_t i = 0; i < size; ++i) {
      bytes[i] = static_cast<unsigned char>(simulated_random->bits() & 0xFFU);
    }
    return 1;
  }
  for (std::size_t got = 0; got < size;) {
    const ssize_t more = ::getrandom(bytes + got, size - got, 0);
    if (more < 0 && errno != EINTR) return 0;
    if (more > 0) got += static_cast<std::size_t>(more);
  }
  return 1;
}

}  // extern "C"
