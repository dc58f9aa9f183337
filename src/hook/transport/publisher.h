#pragma once

#include <array>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

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

/// The thread that carries messages from its outbox to the showcase: it connects, sends, hears and
/// reconnects, and says when it cannot. Everything but the constructor, `stop`, the destructor and
/// the getters happens on that thread.
class Publisher {
 public:
  /// Throws std::invalid_argument when options.ca_file holds no certificates.
  Publisher(const HookOptions& options, ShowcaseUrl url, protocol::RunStarted run,
            const Clock& clock, Lanes& lanes, HookStatus& status, Notices& notices);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  /// Sends what is left within `flush_deadline`, if there is a connection, one in the making, or no
  /// attempt yet. What was neither confirmed nor saved is counted as lost. Once.
  void stop();

  bool connected() const { return connected_.load(std::memory_order_relaxed); }
  std::uint64_t connections() const { return connections_.load(std::memory_order_relaxed); }
  std::uint64_t connect_failures() const {
    return connect_failures_.load(std::memory_order_relaxed);
  }
  std::size_t backlog_events() const { return backlog_events_.load(std::memory_order_relaxed); }
  std::size_t backlog_bytes() const { return backlog_bytes_.load(std::memory_order_relaxed); }
  std::string last_error() const;

 private:
  void run();
  void tick();
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
  std::chrono::milliseconds rest() const;
  bool may_say_goodbye(SteadyTime give_up) const;

  void set_error(std::string why);

  const HookOptions& options_;
  const ShowcaseUrl url_;
  const Clock& clock_;
  HookStatus& status_;
  Notices& notices_;
  Topic& link_;
  const std::array<Topic*, kEnumerators<protocol::Unusable>> unusable_;  // by what is

  ThreadChecker thread_check_;  // everything up to the atomics is the publisher thread's
  std::unique_ptr<boost::asio::ssl::context> tls_;
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
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

  std::atomic<bool> stopping_{false};
  std::atomic<bool> connected_{false};
  std::atomic<std::uint64_t> connections_{0};
  std::atomic<std::uint64_t> connect_failures_{0};
  std::atomic<std::size_t> backlog_events_{0};
  std::atomic<std::size_t> backlog_bytes_{0};
  mutable std::mutex error_mutex_;
  std::string error_;
  std::thread thread_;
};

}  // namespace keisei::hook
