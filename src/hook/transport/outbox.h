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

  /// Takes what training has emitted. What must not be lost goes to the file when memory has no
  /// room for it, as it may while a showcase stands still.
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
  /// It has all of them.
  void on_all_acknowledged() { on_acknowledged(seq_); }
  /// The connection is gone: what was not acknowledged is to be sent again.
  void on_lost();

  /// Since when the showcase has confirmed nothing although there is something to confirm.
  std::optional<SteadyTime> waiting_since() const {
    return seq_ > confirmed_ ? std::optional(waiting_since_) : std::nullopt;
  }

  /// The next message is a heartbeat.
  void speak_up() { next_heartbeat_ = clock_.steady(); }
  /// Whether all has been written that may be.
  bool is_flushed() const;
  const Backlog& backlog() const { return backlog_; }

 private:
  /// Runs by the time of their beginning, in seconds since the epoch.
  using Runs = std::map<double, protocol::RunStarted>;

  template <HookEvent Event>
  void take(const Stamped<Event>& stamped);
  void remember(const Stamped<RunStartedEvent>& began);
  /// Writes it into the spill file; whether that worked.
  template <HookEvent Event>
  bool save(const Stamped<Event>& stamped);
  /// The run that an event of that time belongs to.
  Runs::const_reference run_of(double emitted_at) const;
  bool is_told(Runs::const_reference run) const { return told_ == run.first; }
  std::string tell(Runs::const_reference run);
  std::string heartbeat();
  std::string from_backlog();
  /// None when the file's next line is no message.
  std::optional<std::string> from_spill(const std::string& line);
  template <class Message>
  std::string encoded(const Message& message);

  const HookOptions& options_;
  Runs runs_;  // never empty
  const Clock& clock_;
  Lanes& lanes_;
  HookStatus& status_;
  Backlog backlog_;
  SpillFile spill_;
  Topic& saving_;
  Topic& results_;
  std::uint64_t results_lost_ = 0;  // as told

  std::optional<double> told_;  // since when the run is that this connection was told last
  bool event_in_flight_ = false;
  std::uint64_t seq_ = 0;        // of the latest message on this connection
  std::uint64_t confirmed_ = 0;  // of the latest that was acknowledged
  SteadyTime waiting_since_{};
  RoundTrips round_trips_;
  SteadyTime next_heartbeat_{};
};

}  // namespace keisei::hook
