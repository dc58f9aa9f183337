#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/enum_names.h"

namespace keisei {

/// How often something has happened since the process began. Wait-free, from any thread; lives as
/// long as the `Counters` that made it.
class Counter {
 public:
  void add(std::uint64_t times = 1) noexcept { value_.fetch_add(times, std::memory_order_relaxed); }
  std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  friend class Counters;
  Counter() = default;
  std::atomic<std::uint64_t> value_{0};
};

/// How much of something there is now. Threads and lifetime as for Counter.
class Gauge {
 public:
  void set(std::int64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t change) noexcept { value_.fetch_add(change, std::memory_order_relaxed); }
  std::int64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

 private:
  friend class Counters;
  Gauge() = default;
  std::atomic<std::int64_t> value_{0};
};

/// One counter for each enumerator, such as each reason for which something is refused. A handle:
/// copies count in the same place.
template <class Enum>
class CounterFamily {
 public:
  Counter& operator[](Enum which) const { return *counters_[static_cast<std::size_t>(which)]; }
  std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (const Counter* counter : counters_) sum += counter->value();
    return sum;
  }

 private:
  friend class Counters;
  std::array<Counter*, kEnumerators<Enum>> counters_{};
};

/// Everything that one process counts, for whoever exposes it. There is no other way to make a
/// counter, so that none exists that nothing exposes. Passed in; thread-safe.
///
/// Names follow Prometheus' conventions and are stable: `keisei_edge_viewers` for a gauge,
/// `keisei_edge_viewers_left_total` for a counter. A name that is taken again gives the same
/// counter, so that any number of objects may count together.
class Counters {
 public:
  enum class Kind { counter, gauge };
  /// One line of an exposition: `label` is empty where the family has one value only.
  struct Value {
    std::string label;
    double value;
  };
  struct Family {
    std::string name;
    std::string help;
    Kind kind;
    std::string label_name;  // what `label` of each value says: "reason"; empty: one value only
    std::vector<Value> values;
  };

  Counters() = default;
  Counters(const Counters&) = delete;
  Counters& operator=(const Counters&) = delete;

  Counter& counter(std::string_view name, std::string_view help);
  Gauge& gauge(std::string_view name, std::string_view help);
  /// `label_name` says what the enumerators are: "reason".
  template <class Enum>
  CounterFamily<Enum> family(std::string_view name, std::string_view help,
                             std::string_view label_name = "reason") {
    constexpr auto kNames = enumerator_names<Enum>();
    CounterFamily<Enum> family;
    for (std::size_t i = 0; i < kNames.size(); ++i) {
      family.counters_[i] = &labelled(name, help, label_name, kNames[i]);
    }
    return family;
  }

  /// What has been counted up to about now, in the order in which names were taken.
  std::vector<Family> read() const;

 private:
  struct Entry {
    std::string label;
    std::unique_ptr<Counter> counter;  // one of these two
    std::unique_ptr<Gauge> gauge;
  };
  struct Row {
    std::string name;
    std::string help;
    Kind kind;
    std::string label_name;
    std::deque<Entry> entries;
  };

  Counter& labelled(std::string_view name, std::string_view help, std::string_view label_name,
                    std::string_view label);
  Entry& entry(std::string_view name, std::string_view help, Kind kind, std::string_view label_name,
               std::string_view label);

  mutable std::mutex mutex_;
  std::deque<Row> rows_;
};

}  // namespace keisei
