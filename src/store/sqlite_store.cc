#include "store/sqlite_store.h"

#include <utility>
#include <variant>

#include "store/entry_bytes.h"
#include "store/recollection.h"

namespace keisei::store {

SqliteStore::SqliteStore(StoreOptions options, const Clock& clock, Counters& counters,
                         Notices& notices)
    : options_(std::move(options)),
      waiting_bytes_(
          counters.gauge("keisei_store_waiting_bytes", "Memory of what waits to be written.")),
      refused_(counters.counter("keisei_store_refused_total",
                                "Times that too much waited to be written.")),
      lost_(StoreWriter::outcomes(counters)[Outcome::lost]),
      refusals_(notices.topic("store_refusals", "something could not be kept in time")),
      reading_(notices.topic("store_reading", "remembering a run")),
      writer_([this, writer = StoreWriter(options_, clock, counters, notices)]() mutable {
        work(std::move(writer));
      }) {}

SqliteStore::~SqliteStore() {
  {
    const std::lock_guard lock(mutex_);
    is_ending_ = true;
  }
  changed_.notify_all();
  writer_.join();
}

void SqliteStore::keep(std::vector<Entry> entries, Done done) {
  studio_.check();
  Order order{std::move(entries), std::move(done), 0, false};
  for (const Entry& entry : order.entries) order.bytes += bytes_of(entry);
  {
    const std::lock_guard lock(mutex_);
    if (waiting_ + order.bytes > kMostWaiting) refuse(order);
    waiting_ += order.bytes;
    waiting_bytes_.set(static_cast<std::int64_t>(waiting_));
    orders_.push_back(std::move(order));
  }
  changed_.notify_all();
}

void SqliteStore::refuse(Order& order) {
  const std::size_t handed_over = order.entries.size();
  std::erase_if(order.entries,
                [](const Entry& entry) { return !std::holds_alternative<KeptRun>(entry); });
  order.bytes = 0;
  order.is_refused = true;
  refused_.add();
  lost_.add(handed_over - order.entries.size());
  refusals_.happened("too much waits for the disk");
}

void SqliteStore::settle() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return !is_busy_ && orders_.empty(); });
}

RecalledRun SqliteStore::recall(const std::string& run_id) { return read(run_id); }
RecalledRun SqliteStore::recall_newest() { return read(std::nullopt); }

RecalledRun SqliteStore::read(const std::optional<std::string>& run_id) {
  settle();
  if (!is_open_) {
    return tl::unexpected(
        StoreError{StoreError::Kind::passing, options_.file + ": it is not open"});
  }
  auto recalled = recollect(options_.file, run_id);
  if (recalled) {
    reading_.works();
  } else {
    reading_.fails(recalled.error().why);
  }
  return recalled;
}

void SqliteStore::work(StoreWriter writer) {
  is_open_ = writer.is_open();
  bool has_chores = false;
  for (std::vector<Order> orders; wait_for_orders(orders, has_chores); orders.clear()) {
    if (!orders.empty()) carry_out(writer, std::move(orders));
    has_chores = writer.do_chores();
    is_open_ = writer.is_open();
  }
}

bool SqliteStore::wait_for_orders(std::vector<Order>& orders, bool has_chores) {
  std::unique_lock lock(mutex_);
  is_busy_ = false;
  changed_.notify_all();
  changed_.wait_for(lock, has_chores ? std::chrono::milliseconds(0) : kPause,
                    [this] { return is_ending_ || !orders_.empty(); });
  if (orders_.empty()) return !is_ending_;
  is_busy_ = true;
  for (std::size_t bytes = 0; !orders_.empty() && bytes < kBatch; orders_.pop_front()) {
    bytes += orders_.front().bytes;
    orders.push_back(std::move(orders_.front()));
  }
  return true;
}

void SqliteStore::carry_out(StoreWriter& writer, std::vector<Order> orders) {
  std::vector<std::vector<Entry>> entries;
  entries.reserve(orders.size());
  std::size_t bytes = 0;
  for (Order& order : orders) {
    entries.push_back(std::move(order.entries));
    bytes += order.bytes;
  }
  const std::vector<bool> kept = writer.write(entries);
  is_open_ = writer.is_open();
  for (std::size_t i = 0; i < orders.size(); ++i) {
    orders[i].done(kept[i] && !orders[i].is_refused);
  }
  {
    const std::lock_guard lock(mutex_);
    waiting_ -= bytes;
    waiting_bytes_.set(static_cast<std::int64_t>(waiting_));
  }
}

}  // namespace keisei::store
