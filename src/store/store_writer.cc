#include "store/store_writer.h"

#include <utility>
#include <variant>

namespace keisei::store {

StoreWriter::StoreWriter(StoreOptions options, const Clock& clock, Counters& counters,
                         Notices& notices)
    : options_(std::move(options)),
      clock_(clock),
      entries_(outcomes(counters)),
      commits_(counters.counter("keisei_store_commits_total", "Transactions of the store.")),
      bytes_(counters.gauge("keisei_store_bytes", "Size of the store's database.")),
      writing_(notices.topic("store", "keeping the show")),
      log_(notices.topic("store_log", "bringing what was kept into the store's file")),
      faults_(notices.topic("store_entries", "something cannot be kept as it is")),
      backups_(options_.file, clock) {}

CounterFamily<Outcome> StoreWriter::outcomes(Counters& counters) {
  return counters.family<Outcome>("keisei_store_entries_total", "What was handed over to be kept.",
                                  "outcome");
}

StoreWriter::~StoreWriter() { backups_.close(); }

bool StoreWriter::is_open() {
  if (file_) return true;
  if (is_unusable_ || clock_.steady() < next_try_) return false;
  auto opened = StoreFile::open(options_.file, options_.read_traits);
  if (!opened) {
    give_up(opened.error());
    return false;
  }
  file_.emplace(std::move(*opened));
  writing_.works();
  bytes_.set(file_->bytes());
  return true;
}

std::vector<bool> StoreWriter::write(std::span<const std::vector<Entry>> orders) {
  std::vector<Entry> all;
  if (owed_) all.push_back(*owed_);
  for (const auto& order : orders) all.insert(all.end(), order.begin(), order.end());
  const Attempt attempt = write_as_one(all);
  if (attempt == Attempt::kept) owed_.reset();
  if (attempt == Attempt::entry_is_at_fault && owed_) {
    const Entry owed = *owed_;
    if (write_as_one({&owed, 1}) != Attempt::failed) owed_.reset();
  }
  std::vector<bool> kept(orders.size(), attempt == Attempt::kept);
  for (std::size_t i = 0; i < orders.size() && attempt == Attempt::entry_is_at_fault; ++i) {
    kept[i] = write_as_one(orders[i]) == Attempt::kept;
  }
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (!kept[i]) lose(orders[i]);
  }
  return kept;
}

StoreWriter::Attempt StoreWriter::write_as_one(std::span<const Entry> entries) {
  // That nothing can be written says nothing of the disk.
  if (entries.empty()) return Attempt::kept;
  if (!is_open()) return Attempt::failed;
  const auto tally = file_->commit(entries);
  if (!tally && tally.error().kind == StoreError::Kind::entry) {
    faults_.happened(tally.error().why);
    return Attempt::entry_is_at_fault;
  }
  if (!tally) {
    give_up(tally.error());
    return Attempt::failed;
  }
  commits_.add();
  for (const Outcome outcome : enumerators<Outcome>()) entries_[outcome].add((*tally)[outcome]);
  writing_.works();
  return Attempt::kept;
}

void StoreWriter::give_up(const StoreError& error) {
  writing_.fails(error.why);
  if (error.kind == StoreError::Kind::passing) return;
  is_unusable_ = error.kind == StoreError::Kind::unusable;
  next_try_ = clock_.steady() + kRetry;
  backups_.close();
  file_.reset();
}

void StoreWriter::lose(const std::vector<Entry>& entries) {
  entries_[Outcome::lost].add(entries.size());
  for (const Entry& entry : entries) {
    if (std::holds_alternative<KeptRun>(entry)) owed_ = entry;
  }
}

bool StoreWriter::do_chores() {
  is_open();
  const bool is_trimming = trim();
  if (file_) {
    const auto tidied = file_->tidy();
    if (tidied) {
      log_.works();
    } else {
      log_.fails(tidied.error().why);
    }
    bytes_.set(file_->bytes());
  }
  return backups_.work(file_ ? &file_->database() : nullptr) || is_trimming;
}

bool StoreWriter::trim() {
  if (!file_ || clock_.steady() < next_trim_) return false;
  const auto has_more = file_->trim(options_.most_bytes);
  if (!has_more) give_up(has_more.error());
  if (has_more && *has_more) return true;
  next_trim_ = clock_.steady() + kTrim;
  return false;
}

}  // namespace keisei::store
