#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "hook/events/emitter.h"
#include "hook/options.h"
#include "protocol/telemetry.h"

namespace keisei::hook {

/// What became of the events so far. Counters only grow.
/// emitted = acknowledged + dropped + what is still on its way.
struct HookCounters {
  std::uint64_t emitted = 0;
  std::uint64_t sent = 0;          // handed to the operating system, again after a lost connection
  std::uint64_t acknowledged = 0;  // the showcase has them
  std::uint64_t dropped = 0;
  std::uint64_t connections = 0;
  std::uint64_t connect_failures = 0;
  bool connected = false;
  std::size_t backlog_events = 0;  // in memory, beyond the rings, and not confirmed
  std::size_t backlog_bytes = 0;
  /// By "kind/reason": names of event_list.h and event_counters.h, "move/ring_full".
  std::map<std::string, std::int64_t> dropped_by;
};

/// The only thing a training process links to be streamed. Itself the emitter of the thread that
/// trains; `add_emitter` makes one for each further thread.
///
/// One publisher thread, owned by this object and at the lowest scheduling priority, encodes,
/// sends, reconnects and never lets an error out. Every connection begins with `run_started`. What
/// a showcase did not confirm is sent again to the next one, so events may arrive twice, but each
/// lost one is counted. The showcase's operator can stop and resume the stream; it stays stopped
/// over a restart of the showcase.
///
/// When it cannot stream it says so once, with the reason, and once more when it can again
/// (`HookOptions::tell`).
///
/// Call `emit`, `begin_step`, `end_steps`, `set_measuring` and `close` from one thread; all else
/// from any.
class StreamingHook : public Emitter {
 public:
  static constexpr std::size_t kMostEmitters = 64;

  /// Throws std::invalid_argument for a URL or certificate file that is none; nothing later throws.
  /// `clock` outlives the hook. Does not wait for a connection.
  StreamingHook(HookOptions options, protocol::RunStarted run, const Clock& clock);
  /// As `close`.
  ~StreamingHook();
  /// Sends what is left within `flush_deadline`, if there is a connection, one in the making, or no
  /// attempt yet, and waits half of that for confirmations. What was neither confirmed nor saved is
  /// counted as dropped, and so is all that is emitted later. Counters and the last error can still
  /// be read. A second call does nothing.
  void close();

  /// For one more producing thread; lives as long as the hook. Allocates its rings. Throws
  /// std::length_error beyond `kMostEmitters`.
  Emitter& add_emitter();

  // The measurement of what streaming costs (performance_monitor.h). A trainer that never calls
  // `begin_step` streams everything and measures nothing.

  /// A step of training begins. Whether its moves and attention will be streamed: if not, nothing
  /// need be prepared for them; what is emitted all the same is counted as withheld.
  bool begin_step() noexcept;
  /// What follows is no step, or one of another kind.
  void end_steps() noexcept;
  /// Whether the following steps may go unstreamed now and then. Else they are not measured.
  void set_measuring(bool measuring) noexcept;
  /// How much is streamed at the moment, as fallback and recovery decided.
  StreamingStage stage() const noexcept;
  /// Whether the operator stopped the stream.
  bool stopped() const noexcept;

  HookCounters counters() const;
  /// Why there is no connection, for a log line; empty while there is one.
  std::string last_error() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keisei::hook
