#pragma once

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
#include "base/spsc_ring.h"
#include "hook/backlog.h"
#include "hook/drop_counters.h"
#include "hook/ingest_connection.h"
#include "hook/reconnect_policy.h"
#include "hook/streaming_hook.h"

namespace keisei::hook {

/// The rings between training (producer) and publisher (consumer), one per priority.
struct Rings {
  explicit Rings(const HookOptions& options)
      : games(options.game_ring),
        metrics(options.metrics_ring),
        moves(options.move_ring),
        attention(options.attention_ring) {}

  SpscRing<Stamped<GameFinishedEvent>> games;
  SpscRing<Stamped<MetricsEvent>> metrics;
  SpscRing<Stamped<MoveEvent>> moves;
  SpscRing<Stamped<AttentionEvent>> attention;
};

/// The thread that carries events from the rings to the showcase. Everything but the constructor,
/// the destructor and the getters happens on that thread.
class Publisher {
 public:
  Publisher(const HookOptions& options, ShowcaseUrl url, protocol::RunStarted run,
            const Clock& clock, Rings& rings, EventCounters& counters);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  bool connected() const { return connected_.load(std::memory_order_relaxed); }
  std::uint64_t connections() const { return connections_.load(std::memory_order_relaxed); }
  std::uint64_t connect_failures() const {
    return connect_failures_.load(std::memory_order_relaxed);
  }
  std::string last_error() const;

 private:
  void run();
  void tick();
  void drain_rings();
  void connect();
  void on_opened();
  void on_closed(const std::string& why);
  /// Sends the next message if the connection is ready for one.
  void pump();
  std::optional<std::string> next_message();
  bool is_flushed() const;

  template <class Event>
  void drain(SpscRing<Stamped<Event>>& ring);
  template <class Message>
  std::string encoded(const Message& message);
  void set_error(std::string why);

  const HookOptions options_;
  const ShowcaseUrl url_;
  const protocol::RunStarted run_;
  const Clock& clock_;
  Rings& rings_;
  EventCounters& counters_;

  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  Backlog backlog_;
  ReconnectPolicy policy_;
  std::shared_ptr<IngestConnection> connection_;  // null between attempts
  std::optional<Waiting> in_flight_;
  bool attempted_ = false;  // so that even the shortest run is sent
  bool run_sent_ = false;
  bool closing_ = false;
  std::uint64_t seq_ = 0;  // of this connection
  SteadyTime next_heartbeat_{};

  std::atomic<bool> connected_{false};
  std::atomic<std::uint64_t> connections_{0};
  std::atomic<std::uint64_t> connect_failures_{0};
  mutable std::mutex error_mutex_;
  std::string error_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;  // last: everything above exists when it starts
};

}  // namespace keisei::hook
