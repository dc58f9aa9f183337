#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "hook/events.h"
#include "protocol/telemetry.h"

namespace keisei::hook {

struct HookOptions {
  std::string url = "ws://127.0.0.1:8080/ingest";
  std::string token_file;                      // read at every connect; may not exist yet
  std::chrono::milliseconds backoff_min{1000};
  std::chrono::milliseconds backoff_max{30000};
  std::chrono::milliseconds flush_deadline{1000};  // how long the destructor may still send
};

/// What became of the events so far. Counters only grow.
struct HookCounters {
  std::uint64_t emitted = 0;
  std::uint64_t sent = 0;
  std::uint64_t dropped = 0;       // ring full or buffer bound reached while disconnected
  bool connected = false;
};

/// The only thing a training process links to be streamed.
///
/// `emit_*` copy the event into a bounded lock-free ring and return: wait-free, no allocation, no
/// lock, no system call but reading the clock; a full ring drops the newcomer and counts it.
/// One publisher thread, owned by this object and at the lowest scheduling priority, encodes,
/// sends, reconnects and never lets an error out. Call `emit_*` from one thread.
class StreamingHook {
 public:
  StreamingHook(HookOptions options, protocol::RunStarted run, const Clock& clock);
  ~StreamingHook();  // flushes within `flush_deadline`
  StreamingHook(const StreamingHook&) = delete;
  StreamingHook& operator=(const StreamingHook&) = delete;

  void emit_ppo_metrics(const MetricsEvent& event) noexcept;
  void emit_move(const MoveEvent& event) noexcept;
  void emit_game_finished(const GameFinishedEvent& event) noexcept;
  void emit_attention(const AttentionEvent& event) noexcept;

  HookCounters counters() const noexcept;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keisei::hook
