#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>

#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "broker/broker.h"
#include "broker/newest_frames.h"
#include "broker/outdated.h"
#include "redis/connection.h"
#include "redis/counts.h"
#include "redis/input_reader.h"
#include "redis/scripts.h"

namespace keisei::redis {

struct StudioOptions {
  Address address;
  std::string prefix = "keisei";
  /// Of this process, and unlike that of any other, also of one before.
  std::string name;
  /// Whoever says nothing for that long may be followed by another.
  std::chrono::milliseconds lease{3000};
  std::chrono::milliseconds renewal{1000};
  /// How often a standby tries.
  std::chrono::milliseconds attempt{300};
  /// What edges that fall behind can still read.
  std::size_t most_batches = 256;
  InputReader::Limits in_hand{};
};

/// The studio's side of a broker that is a Redis server, with a thread of its own.
///
/// While the server is gone, what is said waits: all of it for a while, then of what replaces its
/// older selves only the newest. A studio whose lease ran out meanwhile goes on if no other has
/// followed it.
class Studio final : public broker::StudioSide {
 public:
  /// `on_replaced`: another studio has taken over, called once for each epoch, on the broker's
  /// thread; only hands over. `random`: uniform in [0, 1), called on the broker's thread. All that
  /// is passed in outlives this, and this outlives all receipts.
  Studio(const StudioOptions& options, const Clock& clock, std::function<double()> random,
         Counters& counters, Notices& notices, std::function<void()> on_replaced = nullptr);
  /// Says what is still to be said, for a second at most.
  ~Studio() override;

  /// Stands by until no other holds the lease, and takes it; take_over() then begins where this
  /// ended. False: stop_waiting() was called, now or before.
  bool wait_for_lease();
  /// Thread-safe; for good. take_over(), too, waits no longer for a server that is gone.
  void stop_waiting();

  /// Waits for the server. Epoch 0, which is nobody's, after stop_waiting().
  broker::Epoch take_over(InputHandler handler) override;
  void resign(broker::Epoch epoch) override;
  void publish(const broker::FrameBatch& batch) override;
  void tell(const broker::TrainerWord& word) override;

 private:
  using Said = std::variant<broker::FrameBatch, broker::TrainerWord>;

  // All but the constructor's and the overrides' callers: the broker's thread.
  void run(std::function<void()> work);
  void seek(bool by_force);
  void hear_sought(const Reply& reply);
  void give_up_seeking();
  void give_back();
  void tick();
  void renew();
  void check(broker::Epoch epoch, std::optional<broker::Outdated> kind, const Reply& reply);
  void say(Said said);
  void show_again();
  void pump();
  void send(const broker::FrameBatch& batch);
  void send(const broker::TrainerWord& word);
  void take(Entry entry);
  void answer(broker::Epoch epoch, const std::string& id, const broker::Answer& answer);
  void note_links(const std::string& why);

  const StudioOptions options_;
  const Keys keys_;
  CounterFamily<broker::Outdated> outdated_;
  CounterFamily<Unreadable> unreadable_;
  Topic& link_;
  Topic& unreadables_;
  const std::function<void()> on_replaced_;

  boost::asio::io_context context_{1};
  boost::asio::steady_timer tick_{context_};
  boost::asio::steady_timer seek_again_{context_};
  Pipe pipe_;
  InputReader reader_;

  std::optional<std::promise<broker::Epoch>> sought_;
  bool by_force_ = false;
  bool is_seeking_ = false;  // a question is on its way
  bool is_stopped_ = false;

  broker::Epoch epoch_ = 0;                 // the last that was granted
  bool is_studio_ = false;                  // as far as is known
  std::atomic<broker::Epoch> granted_ = 0;  // by wait_for_lease(), and not taken over yet
  std::uint64_t said_ = 0;
  bool has_shown_ = false;  // frames, in this epoch
  broker::NewestFrames newest_;
  std::deque<Said> unsaid_;
  std::size_t unanswered_ = 0;  // of what was said
  bool is_renewing_ = false;

  std::mutex handler_mutex_;  // held while it is called
  InputHandler handler_;
  broker::Epoch handler_epoch_ = 0;

  std::thread thread_;
};

}  // namespace keisei::redis
