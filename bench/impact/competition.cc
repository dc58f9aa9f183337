#include "competition.h"

#include <fmt/format.h>
#include <sched.h>
#include <sys/resource.h>

#include <cerrno>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>
#include <system_error>

namespace {

// On Linux both belong to a thread, not to the process.
void for_each_thread(pid_t process, const std::function<int(pid_t)>& change) {
  for (const auto& entry :
       std::filesystem::directory_iterator(fmt::format("/proc/{}/task", process))) {
    if (change(std::stoi(entry.path().filename())) != 0) {
      throw std::system_error(errno, std::generic_category(), "cannot make room for training");
    }
  }
}

}  // namespace

void set_nice(pid_t process, int nice) {
  for_each_thread(process, [nice](pid_t thread) {
    return ::setpriority(PRIO_PROCESS, static_cast<id_t>(thread), nice);
  });
}

void keep_on_processor(pid_t process, int cpu) {
  cpu_set_t one;
  CPU_ZERO(&one);
  CPU_SET(static_cast<unsigned>(cpu), &one);
  for_each_thread(process,
                  [&one](pid_t thread) { return ::sched_setaffinity(thread, sizeof one, &one); });
}
