#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/enum_names.h"
#include "base/notices.h"
#include "base/thread_check.h"
#include "hook/events/lanes.h"
#include "hook/hook_status.h"
#include "hook/options.h"
#include "hook/transport/ingest_connection.h"
#include "hook/transport/outbox.h"
#include "hook/transport/reconnect_policy.h"
#include "protocol/ingest_replies.h"

namespace keisei::hook {

/// Carries messages from its outbox to the showcase: it connects, sends, hears and reconnects, and
/// says when it cannot. Knows no thread and no socket: whoever owns both makes its connections and
/// calls tick(). All but the getters is for one thread.
class Courier {
 public:
  /// Makes a connection, which is not started yet.
  using Connect = std::function<std::shared_ptr<IngestConnection>(IngestConnection::Introduction,
                                                                  IngestConnection::Handlers)>;

  /// All references outlive it.
  Courier(const HookOptions& options, protocol::RunStarted run, const Clock& clock, Lanes& lanes,
          HookStatus& status, Notices& notices, Connect connect);
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  /// To be called every few milliseconds. Without `reconnects` it tries once at most.
  void tick(bool reconnects = true);
  /// How long the next tick may wait.
  std::chrono::milliseconds rest() const;
  /// Sends no more heartbeats: nobody waits for their confirmation at the end.
  void fall_silent() { outbox_.fall_silent(); }
  /// Says goodbye, once, when all has been written that may be and the showcase has confirmed it,
  /// or without its confirmation if that has been waited for.
  void part(bool has_waited);
  /// Whether there is no connection although one was tried.
  bool is_cut_off() const { return connection_ == nullptr && attempted_; }
  /// The connection, if there is one, ends for a reason of our own.
  void fail(const char* why) noexcept;
  /// It is over: what is neither confirmed nor saved is counted as lost.
  void end() noexcept;

  bool connected() const { return connected_.load(std::memory_order_relaxed); }
  std::uint64_t connections() const { return connections_.load(std::memory_order_relaxed); }
  std::uint64_t connect_failures() const {
    return connect_failures_.load(std::memory_order_relaxed);
  }
  std::size_t backlog_events() const { return backlog_events_.load(std::memory_order_relaxed); }
  std::size_t backlog_bytes() const { return backlog_bytes_.load(std::memory_order_relaxed); }
  std::string last_error() const;

 private:
  void connect();
  void on_opened();
  void on_received(const std::string& text);
  void on_closed(const IngestConnection::Ending& ending);
  /// Says so when an open connection stands still.
  void watch(SteadyTime now);
  /// Why a trainer is not let in.
  std::string unauthorized() const;
  /// Sends the next message if the connection is ready for one.
  void pump();
  void count_backlog();
  void set_error(std::string why);

  const HookOptions& options_;
  const Clock& clock_;
  HookStatus& status_;
  Notices& notices_;
  const Connect connect_;
  Topic& link_;
  const std::array<Topic*, kEnumerators<protocol::Unusable>> unusable_;  // by what is

  ThreadChecker thread_check_;  // everything up to the atomics is the owner's thread's
  Outbox outbox_;
  ReconnectPolicy policy_;

  std::shared_ptr<IngestConnection> connection_;  // while one is being made or open
  std::string token_problem_;                     // of the file, at the last attempt
  bool attempted_ = false;
  bool closing_ = false;
  SteadyTime opened_at_{};
  SteadyTime next_look_at_losses_{};
  SteadyTime watched_{};      // when it was last seen whether the showcase confirms
  SteadyTime awake_since_{};  // what was not heard before says nothing
  // While the showcase stands still: what had been sent before. Its confirmation may be as old.
  std::optional<std::uint64_t> sent_before_standstill_;

  std::atomic<bool> connected_{false};
  std::atomic<std::uint64_t> connections_{0};
  std::atomic<std::uint64_t> connect_failures_{0};
  std::atomic<std::size_t> backlog_events_{0};
  std::atomic<std::size_t> backlog_bytes_{0};
  mutable std::mutex error_mutex_;
  std::string error_;
};

}  // namespace keisei::hook
