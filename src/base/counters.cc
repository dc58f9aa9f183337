#include "base/counters.h"

#include <algorithm>
#include <cassert>

namespace keisei {
namespace {

[[maybe_unused]] bool is_well_named(std::string_view name, Counters::Kind kind) {
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
  return plain && name.starts_with("keisei_") &&
         name.ends_with("_total") == (kind == Counters::Kind::counter);
}

}  // namespace

Counter& Counters::counter(std::string_view name, std::string_view help) {
  return labelled(name, help, "", "");
}

Counter& Counters::labelled(std::string_view name, std::string_view help,
                            std::string_view label_name, std::string_view label) {
  const std::lock_guard lock(mutex_);
  Entry& found = entry(name, help, Kind::counter, label_name, label);
  if (!found.counter) found.counter.reset(new Counter);
  return *found.counter;
}

Gauge& Counters::gauge(std::string_view name, std::string_view help) {
  const std::lock_guard lock(mutex_);
  Entry& found = entry(name, help, Kind::gauge, "", "");
  if (!found.gauge) found.gauge.reset(new Gauge);
  return *found.gauge;
}

Counters::Entry& Counters::entry(std::string_view name, std::string_view help, Kind kind,
                                 std::string_view label_name, std::string_view label) {
  assert(is_well_named(name, kind));
  auto row =
      std::find_if(rows_.begin(), rows_.end(), [&](const Row& one) { return one.name == name; });
  if (row == rows_.end()) {
    rows_.push_back({std::string(name), std::string(help), kind, std::string(label_name), {}});
    row = std::prev(rows_.end());
  }
  assert(row->kind == kind && row->label_name == label_name);
  const auto known = std::find_if(row->entries.begin(), row->entries.end(),
                                  [&](const Entry& one) { return one.label == label; });
  if (known != row->entries.end()) return *known;
  return row->entries.emplace_back(Entry{std::string(label), nullptr, nullptr});
}

std::vector<Counters::Family> Counters::read() const {
  const std::lock_guard lock(mutex_);
  std::vector<Family> families;
  families.reserve(rows_.size());
  for (const Row& row : rows_) {
    Family& family =
        families.emplace_back(Family{row.name, row.help, row.kind, row.label_name, {}});
    for (const Entry& one : row.entries) {
      family.values.push_back({one.label, one.counter ? static_cast<double>(one.counter->value())
                                                      : static_cast<double>(one.gauge->value())});
    }
  }
  return families;
}

}  // namespace keisei
