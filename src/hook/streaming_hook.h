#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "hook/events.h"
#include "protocol/telemetry.h"

namespace keisei::hook {

/// How much of the machine the publisher thread may take from training.
enum class PublisherPriority {
  idle,    // SCHED_IDLE: only what nobody else wants. On a machine that is busy without a pause it
           // may not run for many seconds, and the showcase then believes that training paused.
  lowest,  // nice 19: about 1.5 % of a core even when everybody else wants it
  normal,
};

struct HookOptions {
  std::string url = "ws://127.0.0.1:8080/ingest";  // ws:// only; wss:// is refused for now
  std::string token_file;                          // read at every connect; may not exist yet

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

  PublisherPriority priority = PublisherPriority::lowest;
  std::function<double()>
      random;  // uniform in [0, 1), for the backoff; empty: seeded by the system
};

/// What became of the events so far. Counters only grow.
/// emitted = sent + dropped + what is still on its way.
struct HookCounters {
  std::uint64_t emitted = 0;
  std::uint64_t sent = 0;  // handed to the operating system; heartbeats are not counted
  std::uint64_t dropped = 0;
  std::uint64_t connections = 0;
  std::uint64_t connect_failures = 0;
  bool connected = false;
  /// By "kind/reason". Kinds: game_finished, metrics, move, attention. Reasons: ring_full,
  /// backlog_full (no connection for too long), not_finite, out_of_memory.
  std::map<std::string, std::int64_t> dropped_by;
};

/// The only thing a training process links to be streamed.
///
/// `emit_*` copy the event into a bounded lock-free ring and return: wait-free, no allocation, no
/// lock, no system call but reading the clock. There is one ring per priority, so that attention
/// can never crowd out a game's result: game_finished (critical), metrics (high), moves (medium),
/// attention (low). A full ring drops the newcomer of its own priority and counts it.
///
/// One publisher thread, owned by this object and at the lowest scheduling priority, encodes,
/// sends, reconnects and never lets an error out. Every connection begins with `run_started`.
///
/// Call `emit_*` from one thread; `counters` and `last_error` from any.
class StreamingHook {
 public:
  /// Throws std::invalid_argument for a URL that is none; nothing later throws. `clock` outlives
  /// the hook. Does not wait for a connection.
  StreamingHook(HookOptions options, protocol::RunStarted run, const Clock& clock);
  /// Sends what is left within `flush_deadline`, if there is a connection, one in the making, or no
  /// attempt yet.
  ~StreamingHook();
  StreamingHook(const StreamingHook&) = delete;
  StreamingHook& operator=(const StreamingHook&) = delete;

  void emit_ppo_metrics(const MetricsEvent& event) noexcept;
  void emit_move(const MoveEvent& event) noexcept;
  void emit_game_finished(const GameFinishedEvent& event) noexcept;
  void emit_attention(const AttentionEvent& event) noexcept;

  HookCounters counters() const;
  /// Why there is no connection, for a log line; empty while there is one.
  std::string last_error() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keisei::hook
