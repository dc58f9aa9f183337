#include "loadtest/stopped_threads.h"

#include <sys/ptrace.h>
#include <sys/wait.h>

#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>

namespace keisei::loadtest {

StoppedThreads::StoppedThreads(pid_t process) {
  const std::string tasks = "/proc/" + std::to_string(process) + "/task";
  for (const auto& entry : std::filesystem::directory_iterator(tasks)) {
    const pid_t thread = std::stoi(entry.path().filename());
    if (thread == process) continue;
    if (::ptrace(PTRACE_SEIZE, thread, nullptr, nullptr) != 0) {
      const int why = errno;
      go_on();
      throw std::system_error(why, std::generic_category(), "cannot stop a thread");
    }
    threads_.push_back(thread);
    ::ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
    ::waitpid(thread, nullptr, __WALL);
  }
}

StoppedThreads::~StoppedThreads() { go_on(); }

void StoppedThreads::go_on() {
  for (const pid_t thread : threads_) ::ptrace(PTRACE_DETACH, thread, nullptr, nullptr);
  threads_.clear();
}

}  // namespace keisei::loadtest
