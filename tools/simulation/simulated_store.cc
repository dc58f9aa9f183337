#include "simulation/simulated_store.h"

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
      random_(std::move(random)),
      parts_(parts),
      writer_(store::StoreOptions{file}, parts.clock, parts.counters, parts.notices) {
  do_chores();
}

void SimulatedStore::keep(std::vector<store::Entry> entries, Done done) {
  if (is_killed_) return;
  orders_.push_back({std::move(entries), std::move(done)});
  work_later();
}

void SimulatedStore::work_later() {
  if (std::exchange(is_scheduled_, true)) return;
  parts_.schedule.after(delay_ + random_.between(1ms, 15ms), life_, [this] { work(); });
}

void SimulatedStore::work() {
  is_scheduled_ = false;
  if (is_killed_ || orders_.empty()) return;
  std::vector<Order> orders = std::exchange(orders_, {});
  std::vector<std::vector<store::Entry>> entries;
  for (const Order& order : orders) {
    entries.push_back(order.entries);
    if (parts_.sabotage.entries) parts_.sabotage.entries(entries.back());
  }
  const std::vector<bool> kept = writer_.write(entries);
  for (std::size_t i = 0; i < orders.size(); ++i) {
    parts_.record.answered(orders[i].entries, kept[i]);
    orders[i].done(kept[i]);
  }
  writer_.do_chores();
  is_open_ = writer_.is_open();
  parts_.on_answer();
}

void SimulatedStore::do_chores() {
  if (is_killed_) return;
  writer_.do_chores();
  is_open_ = writer_.is_open();
  parts_.schedule.after(kChores, life_, [this] { do_chores(); });
}

void SimulatedStore::settle() {
  while (!is_killed_ && !orders_.empty()) work();
}

void SimulatedStore::kill() {
  is_killed_ = true;
  orders_.clear();
}

std::shared_ptr<const store::RunMemory> SimulatedStore::recall(const std::string& run_id) {
  return read(run_id);
}
std::shared_ptr<const store::RunMemory> SimulatedStore::recall_newest() {
  return read(std::nullopt);
}

std::shared_ptr<const store::RunMemory> SimulatedStore::read(
    const std::optional<std::string>& run_id) {
  settle();
  if (is_killed_ || !writer_.is_open()) return nullptr;
  auto memory = store::recollect(file_, run_id);
  return memory ? *memory : nullptr;
}

}  // namespace keisei::simulation
