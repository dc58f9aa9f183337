#include "simulation/simulated_store.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "store/recollection.h"

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;

constexpr auto kChores = 500ms;  // as SqliteStore::kPause

}  // namespace

SimulatedStore::SimulatedStore(const std::string& file, Random random, const Parts& parts)
    : file_(file),
      random_(random),
      parts_(parts),
      writer_(store::StoreOptions{file}, parts.clock, parts.counters, parts.notices) {
  do_chores();
}

void SimulatedStore::keep(std::vector<store::Entry> entries, Done done) {
  if (is_killed_) return;
  orders_.push_back({std::move(entries), std::move(done)});
  if (!is_busy_) write_later();
}

void SimulatedStore::write_later() {
  is_busy_ = true;
  parts_.schedule.after(parts_.disk.delay() + random_.between(1ms, 15ms), *step_, [this] {
    write();
    parts_.schedule.after(random_.between(0ms, 5ms + parts_.disk.delay() / 2), *step_, [this] {
      answer();
      if (!orders_.empty()) write_later();
    });
  });
}

std::vector<bool> SimulatedStore::commit(const std::vector<Order>& orders) {
  std::vector<std::vector<store::Entry>> entries;
  for (const Order& order : orders) {
    entries.push_back(order.entries);
    if (parts_.sabotage.entries) parts_.sabotage.entries(entries.back());
  }
  return writer_.write(entries);
}

void SimulatedStore::write() {
  written_ = std::exchange(orders_, {});
  kept_ = commit(written_);
  is_open_ = writer_.is_open();
  for (std::size_t i = 0; i < written_.size(); ++i) {
    parts_.record.written(written_[i].entries, kept_[i]);
  }
}

void SimulatedStore::answer() {
  const std::vector<Order> orders = std::exchange(written_, {});
  for (std::size_t i = 0; i < orders.size(); ++i) orders[i].done(kept_[i]);
  writer_.do_chores();
  is_open_ = writer_.is_open();
  is_busy_ = false;
  parts_.on_answer();
}

void SimulatedStore::do_chores() {
  if (is_killed_) return;
  writer_.do_chores();
  is_open_ = writer_.is_open();
  parts_.schedule.after(kChores, life_, [this] { do_chores(); });
}

// Whoever waits for the disk does not see its time pass.
void SimulatedStore::settle() {
  if (is_killed_) return;
  step_ = std::make_unique<Life>();
  if (!written_.empty()) answer();
  while (!orders_.empty()) {
    write();
    answer();
  }
  is_busy_ = false;
}

void SimulatedStore::begin_to_write() {
  constexpr std::size_t kMostWrites = 12;
  const std::optional<std::size_t> before = parts_.disk.writes_left();
  parts_.disk.set_writes_left(std::min(before.value_or(kMostWrites), random_.below(kMostWrites)));
  for (const Order& order : orders_) parts_.record.begun(order.entries);
  commit(orders_);
  parts_.disk.set_writes_left(before);
}

void SimulatedStore::kill() {
  if (!orders_.empty() && written_.empty() && random_.one_in(2)) begin_to_write();
  is_killed_ = true;
  step_.reset();
  orders_.clear();
  written_.clear();
}

store::RecalledRun SimulatedStore::recall(const std::string& run_id) { return read(run_id); }
store::RecalledRun SimulatedStore::recall_newest() { return read(std::nullopt); }

store::RecalledRun SimulatedStore::read(const std::optional<std::string>& run_id) {
  settle();
  if (is_killed_ || !writer_.is_open()) {
    return tl::unexpected(
        store::StoreError{store::StoreError::Kind::passing, file_ + ": it is not open"});
  }
  return store::recollect(file_, run_id);
}

}  // namespace keisei::simulation
