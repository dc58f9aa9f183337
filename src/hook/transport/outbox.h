#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/notices.h"
#include "hook/events/backlog.h"
#include "hook/events/lanes.h"
#include "hook/hook_status.h"
#include "hook/options.h"
#include "hook/transport/round_trips.h"
#include "hook/transport/spill_file.h"
#include "protocol/telemetry.h"

namespace keisei::hook {

/// What the showcase is told, in which order, and what of it has arrived: the run, heartbeats, what
/// an outage left in the spill file, and events as they were emitted. An event is told under the
/// run in which it was emitted, however late and however often that is. Knows no connection, only
/// that one begins and ends. The publisher thread's.
class Outbox {
 public:
  /// All references outlive the outbox.
  Outbox(const HookOptions& options, protocol::RunStarted run, const Clock& clock, Lanes& lanes,
         HookStatus& status, Notices& notices);

  /// Takes what training has emitted; the first time, tells when the spill file cannot be used.
  /// What must not be lost goes to the file when memory has no room for it, as it may while a
  /// showcase stands still.
  void collect();
  /// Saves what must not be lost while there is nobody to send it to. Precondition: no connection.
  void spill();
  /// Tells of results that are lost.
  void tell_losses();
  /// It is over: what is neither confirmed nor saved is lost. Precondition: no connection.
  void give_up();

  /// A connection is there: the run is told first.
  void begin();
  /// The next message, if there is one; the showcase has it once it was acknowledged.
  std::optional<std::string> next();
  /// The operating system has the message of the last `next`.
  void on_written();
  /// The showcase has the first `received` messages of this connection.
  void on_acknowledged(std::uint64_t received);
  /// The connection is gone: what was not acknowledged is to be sent again.
  void on_lost();

  /// Messages on this connection so far.
  std::uint64_t sent() const { return seq_; }
  /// Since when the showcase has confirmed nothing although there is something to confirm.
  std::optional<SteadyTime> waiting_since() const {
    return seq_ > confirmed_ ? std::optional(waiting_since_) : std::nullopt;
  }

  /// The next message is a heartbeat.
  void speak_up() {
    if (!is_silent_) next_heartbeat_ = clock_.steady();
  }
  /// There are no heartbeats any more: nobody waits for their confirmation at the end.
  void fall_silent() {
    is_silent_ = true;
    next_heartbeat_ = SteadyTime::max();
  }
  /// Whether all has been written that may be.
  bool is_flushed() const;
  const Backlog& backlog() const { return backlog_; }

 private:
  struct Run {
    protocol::RunStarted message;
    std::string line;  // as the spill file has it; the same line is the same run
  };
  static Run run_from(protocol::RunStarted message);
  /// Runs by the time of their beginning, in seconds since the epoch.
  using Runs = std::map<double, Run>;

  template <HookEvent Event>
  void take(const Stamped<Event>& stamped);
  void remember(const Stamped<RunStartedEvent>& began);
  /// Writes it into the spill file; whether that worked.
  template <HookEvent Event>
  bool save(const Stamped<Event>& stamped);
  /// The run that an event of that time belongs to.
  const Run& run_of(double emitted_at) const;
  /// The run that the spill file's next line belongs to, which may be one of an earlier process.
  const Run& run_of_saved(double emitted_at) const;
  bool is_told(const Run& run) const { return told_ == run.line; }
  std::string tell(const Run& run);
  std::string heartbeat();
  std::string from_backlog();
  /// None when it is not the turn of the file's next line, or when that was taken silently.
  std::optional<std::string> from_spill(const std::string& line);
  template <class Message>
  std::string encoded(const Message& message);

  const HookOptions& options_;
  const double started_at_;  // in seconds since the epoch
  Runs runs_;                // never empty
  const Clock& clock_;
  Lanes& lanes_;
  HookStatus& status_;
  Backlog backlog_;
  SpillFile spill_;
  std::map<std::size_t, Run> saved_runs_;  // read from it, by the position of their line
  std::string saved_run_;                  // its latest, of this process
  bool looked_at_file_ = false;
  Topic& saving_;
  Topic& saved_;
  Topic& results_;
  std::uint64_t results_lost_ = 0;  // as told

  std::string told_;  // the run that this connection was told last; empty: none
  bool event_in_flight_ = false;
  std::uint64_t seq_ = 0;        // of the latest message on this connection
  std::uint64_t confirmed_ = 0;  // of the latest that was acknowledged
  SteadyTime waiting_since_{};
  RoundTrips round_trips_;
  SteadyTime next_heartbeat_{};
  bool is_silent_ = false;
};

}  // namespace keisei::hook
