#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/thread_check.h"
#include "store/keeper.h"
#include "store/store_options.h"
#include "store/store_writer.h"

namespace keisei::store {

/// Keeps the show in an SQLite database. A thread of its own writes, one transaction for all that
/// waits. While it cannot write, what is handed over is answered at once and lost, and somebody is
/// told.
class SqliteStore final : public Store {
 public:
  /// Bytes that may wait. Inputs are not confirmed before what comes of them is kept, so that the
  /// studio's own bound holds long before this one.
  static constexpr std::size_t kMostWaiting = 128UL * 1024 * 1024;
  /// Bytes from which on a transaction takes no more.
  static constexpr std::size_t kBatch = 4UL * 1024 * 1024;
  /// Between two looks at what else there is to do.
  static constexpr std::chrono::milliseconds kPause{500};

  /// All outlive the store.
  SqliteStore(StoreOptions options, const Clock& clock, Counters& counters, Notices& notices);
  /// Writes what waits.
  ~SqliteStore() override;

  void keep(std::vector<Entry> entries, Done done) override;
  void settle() override;
  bool is_open() const override { return is_open_; }
  /// With all that was handed over before.
  RecalledRun recall(const std::string& run_id) override;
  RecalledRun recall_newest() override;

 private:
  /// What was handed over at once.
  struct Order {
    std::vector<Entry> entries;
    Done done;
    std::size_t bytes;
    bool is_refused;  // too much waits; that is answered when it is its turn
  };

  /// Leaves of it what the run is, which all else that is kept depends on.
  void refuse(Order& order);
  RecalledRun read(const std::optional<std::string>& run_id);
  void work(StoreWriter writer);
  /// Whether it goes on.
  bool wait_for_orders(std::vector<Order>& orders, bool has_chores);
  void carry_out(StoreWriter& writer, std::vector<Order> orders);

  const StoreOptions options_;
  Gauge& waiting_bytes_;
  Counter& refused_;
  Counter& lost_;
  Topic& refusals_;
  Topic& reading_;
  ThreadChecker studio_;
  std::atomic<bool> is_open_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Order> orders_;
  std::size_t waiting_ = 0;  // bytes, also of what is being written
  bool is_busy_ = true;      // the writer opens the file, or has orders in hand
  bool is_ending_ = false;

  std::thread writer_;
};

}  // namespace keisei::store
