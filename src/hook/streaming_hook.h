#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/thread_priority.h"
#include "hook/events/events.h"
#include "hook/measuring/performance_monitor.h"
#include "protocol/telemetry.h"

namespace keisei::hook {

struct HookOptions {
  std::string url = "ws://127.0.0.1:8080/ingest";  // ws:// or wss://
  std::string token_file;                          // read at every connect; may not exist yet
  // For wss://: certificates (PEM) that vouch for the showcase; empty: those the system trusts.
  // Host name and chain are always checked.
  std::string ca_file;

  // Reconnecting waits between `backoff_min` and a ceiling that doubles with every failure up to
  // `backoff_max`, chosen at random so that many trainers do not return at once. After
  // `breaker_failures` in a row the circuit opens: one probe per `breaker_wait` (at most
  // `backoff_max`) until a connection holds.
  std::chrono::milliseconds backoff_min{1000};
  std::chrono::milliseconds backoff_max{30000};
  int breaker_failures = 3;
  std::chrono::milliseconds breaker_wait{30000};

  std::chrono::milliseconds connect_timeout{5000};  // name, TCP and WebSocket handshake together
  std::chrono::milliseconds write_timeout{5000};    // a showcase that does not read is given up
  std::chrono::milliseconds flush_deadline{1000};   // how long the destructor may still send
  std::chrono::milliseconds heartbeat{1000};
  // How often the publisher looks into the rings: emitting wakes nobody, which would cost training
  // a system call. 4 ms are 250 short wake-ups per second on a core that is idle.
  std::chrono::milliseconds poll_interval{4};

  // Events that one ring holds until the publisher's next look (rounded up to powers of two).
  std::size_t game_ring = 32;
  std::size_t metrics_ring = 256;
  std::size_t move_ring = 1024;
  std::size_t attention_ring = 64;
  // Events kept while there is no connection; beyond that the oldest of the kind is dropped.
  std::size_t max_games = 256;
  std::size_t max_metrics = 1024;
  std::size_t max_moves = 2048;
  std::size_t max_attention = 32;

  // Keeps finished games and evaluations while there is no connection, and over the end of this
  // process, until a showcase has confirmed them. Empty: memory only. One hook per file.
  std::string spill_file;
  std::size_t spill_bytes = 64UL * 1024 * 1024;  // at most; beyond that they wait in memory

  // How much of the machine the publisher may take from training. Where training is busy without a
  // pause, `idle` may not run for many seconds, and the showcase then believes that it paused.
  ThreadPriority priority = ThreadPriority::lowest;
  int publisher_cpu = -1;  // the only processor it may run on; -1: any
  MonitorOptions monitor;  // used when training calls `begin_step`
  // Uniform in [0, 1), for backoff and measurement; empty: seeded by the system. Two threads call
  // a copy each.
  std::function<double()> random;
};

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
  /// By "kind/reason". Kinds: run_started, game_finished, evaluation, checkpoint, metrics, move,
  /// attention. Reasons: ring_full, backlog_full (no connection for too long), not_finite,
  /// out_of_memory, connection_lost (sent, not confirmed and no longer kept: some of them may have
  /// arrived); and, withheld on purpose: measuring, fallback, stopped.
  std::map<std::string, std::int64_t> dropped_by;
};

class Lane;

/// One thread's way to the showcase.
///
/// `emit_*` copy the event into a bounded lock-free ring and return: wait-free, no allocation, no
/// lock, no system call but reading the clock. There is a ring for each kind of event, so that
/// attention can never crowd out a game's result: finished games, evaluations and new runs
/// (critical), metrics and checkpoints (high), moves (medium), attention (low). A full ring drops
/// the newcomer of its own kind and counts it.
///
/// Not thread-safe: one emitter per thread.
class Emitter {
 public:
  Emitter(const Emitter&) = delete;
  Emitter& operator=(const Emitter&) = delete;

  void emit_ppo_metrics(const MetricsEvent& event) noexcept;
  void emit_move(const MoveEvent& event) noexcept;
  void emit_game_finished(const GameFinishedEvent& event) noexcept;
  void emit_attention(const AttentionEvent& event) noexcept;
  void emit_evaluation(const EvaluationEvent& event) noexcept;
  void emit_checkpoint(const CheckpointEvent& event) noexcept;
  /// Replaces the run that the hook was made with, for what is emitted from now on.
  void emit_run_started(const RunStartedEvent& event) noexcept;

 protected:
  explicit Emitter(Lane* lane) : lane_(lane) {}
  ~Emitter() = default;
  Lane* lane_;
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
/// Call `emit_*`, `begin_step`, `end_steps` and `set_measuring` from one thread; all else from any.
class StreamingHook : public Emitter {
 public:
  static constexpr std::size_t kMostEmitters = 64;

  /// Throws std::invalid_argument for a URL or certificate file that is none; nothing later throws.
  /// `clock` outlives the hook. Does not wait for a connection.
  StreamingHook(HookOptions options, protocol::RunStarted run, const Clock& clock);
  /// Sends what is left within `flush_deadline`, if there is a connection, one in the making, or no
  /// attempt yet.
  ~StreamingHook();

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
