#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <optional>
#include <stop_token>
#include <thread>

#include "command_line.h"
#include "rl/network/blas_environment.h"
#include "rl/run/training_run.h"

namespace {

// SIGINT and SIGTERM ask for a stop, a later one does not wait for it. What comes within moments is
// one wish: Ctrl-C reaches a process from the terminal, and once more from torchrun. Signals are
// taken by a thread of their own, so nothing has to be safe inside a handler.
class StopOnSignal {
 public:
  StopOnSignal() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);  // inherited by every later thread
    thread_ = std::thread([this] { wait(); });
  }
  ~StopOnSignal() {
    done_ = true;
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
  }
  std::stop_token token() const { return stop_.get_token(); }

 private:
  void wait() {
    constexpr std::chrono::seconds kOneWish{2};
    std::optional<std::chrono::steady_clock::time_point> asked;
    for (;;) {
      int signal = 0;
      sigwait(&signals_, &signal);
      if (done_) return;
      const auto now = std::chrono::steady_clock::now();
      if (asked && now - *asked > kOneWish) ::_exit(128 + signal);
      if (!asked) asked = now;
      stop_.request_stop();
    }
  }

  sigset_t signals_;
  std::stop_source stop_;
  std::atomic<bool> done_ = false;
  std::thread thread_;
};

}  // namespace

int main(int argc, char** argv) {
  // Files that may not grow (ulimit -f) are an error of write(), to be told, not the end.
  std::signal(SIGXFSZ, SIG_IGN);
  // Whoever reads the progress may leave (`| head`): that ends the reading, not the training.
  std::signal(SIGPIPE, SIG_IGN);
  keisei::rl::restart_with_blas_environment(argv);
  try {
    int exit_code = 0;
    auto command = read_command_line(argc, argv, exit_code);
    if (!command) return exit_code;
    command->blas = keisei::rl::blas_description();
    ::setpriority(PRIO_PROCESS, 0, command->options.run.nice);
    const StopOnSignal signals;
    return keisei::rl::run_training(*command, signals.token());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "keisei-train: %s\n", error.what());
    return 1;
  }
}
