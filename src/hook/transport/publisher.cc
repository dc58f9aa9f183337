#include "hook/transport/publisher.h"

#include <pthread.h>

#include <boost/asio/ssl/context.hpp>
#include <chrono>
#include <csignal>
#include <exception>
#include <optional>
#include <utility>

namespace keisei::hook {
namespace {

/// Signals are for training's threads, and a file that may not grow is an error of write(), not the
/// end of the process (SIGXFSZ). What a thread's own faults raise stays with it.
void leave_signals_to_training() {
  sigset_t signals;
  sigfillset(&signals);
  for (const int fault : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT}) {
    sigdelset(&signals, fault);
  }
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

Publisher::Publisher(const HookOptions& options, const ShowcaseUrl& url, protocol::RunStarted run,
                     const Clock& clock, Lanes& lanes, HookStatus& status, Notices& notices)
    : options_(options),
      tls_(make_tls_context(options.ca_file)),
      work_(io_.get_executor()),
      courier_(options, std::move(run), clock, lanes, status, notices,
               [this, url](IngestConnection::Introduction introduction,
                           IngestConnection::Handlers handlers) {
                 return make_ingest_connection(io_, *tls_, url, std::move(introduction),
                                               {options_.connect_timeout, options_.write_timeout},
                                               std::move(handlers));
               }),
      thread_([this] { this->run(); }) {}

Publisher::~Publisher() { stop(); }

void Publisher::stop() {
  stopping_ = true;
  if (thread_.joinable()) thread_.join();
}

void Publisher::run() {
  leave_signals_to_training();
  lower_priority(options_.priority);
  if (options_.publisher_cpu >= 0) stay_on(options_.publisher_cpu);
  // Not the hook's clock: the end must come even if a test holds that one still.
  using Time = std::chrono::steady_clock;
  std::optional<Time::time_point> give_up;
  while (true) {
    // Read once, before the rings: what was emitted before the end is seen by this round.
    const bool stopping = stopping_;
    if (stopping) {
      const auto now = Time::now();
      if (!give_up) {
        give_up = now + options_.flush_deadline;
        courier_.fall_silent();
      }
      if (now >= *give_up || courier_.is_cut_off()) break;
    }
    try {
      courier_.tick(!stopping);
      // Half of the time is for confirmations.
      if (stopping) courier_.part(Time::now() >= *give_up - options_.flush_deadline / 2);
      io_.run_for(stopping ? options_.poll_interval : courier_.rest());
    } catch (const std::exception& error) {
      // Out of memory, most likely. Streaming may suffer, training not.
      courier_.fail(error.what());
      std::this_thread::sleep_for(options_.backoff_min);
    }
  }
  courier_.end();
}

}  // namespace keisei::hook
