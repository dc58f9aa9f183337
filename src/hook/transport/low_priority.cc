#include "hook/transport/low_priority.h"

#include <pthread.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace keisei::hook {

void lower_priority(PublisherPriority priority) {
  if (priority == PublisherPriority::normal) return;
  const sched_param none{};
  if (priority == PublisherPriority::idle &&
      pthread_setschedparam(pthread_self(), SCHED_IDLE, &none) == 0) {
    return;
  }
  // On Linux a nice value belongs to a thread, not to the process.
  constexpr int kLowest = 19;
  (void)setpriority(PRIO_PROCESS, static_cast<id_t>(syscall(SYS_gettid)), kLowest);
}

void stay_on(int cpu) {
  cpu_set_t one;
  CPU_ZERO(&one);
  if (cpu < 0 || cpu >= CPU_SETSIZE) return;
  CPU_SET(static_cast<unsigned>(cpu), &one);
  (void)sched_setaffinity(0, sizeof one, &one);  // 0: this thread
}

}  // namespace keisei::hook
