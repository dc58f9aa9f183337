#pragma once

namespace keisei {

/// When a thread gets a processor that others want too.
enum class ThreadPriority {
  idle,    // SCHED_IDLE: only what nobody else wants. On a machine that is busy without a pause it
           // may not run for many seconds
  lowest,  // nice 19: about 1.5 % of a core even when everybody else wants it
  normal,  // as it is
};

/// Lowers the calling thread's priority as far as the system lets it; the process's other threads
/// keep theirs. Threads that this one starts later inherit it.
void lower_priority(ThreadPriority priority);

/// Keeps the calling thread on one processor, if there is such a one.
void stay_on(int cpu);

}  // namespace keisei
