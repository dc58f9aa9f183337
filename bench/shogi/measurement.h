#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// One figure of a benchmark, larger is better, with a sample for each repetition.
struct Figure {
  std::string key;  // with its unit: "bulk_mnodes_per_s"
  std::optional<double> bar;
  std::vector<double> samples;
};

/// A way to measure one figure once.
struct Measurement {
  std::string key;
  std::optional<double> bar;
  std::function<double()> run;
};

/// Runs all measurements in turn, `repetitions` times, so that a slow moment of the machine touches
/// all of them alike. The first round warms up and is not counted.
std::vector<Figure> measure(const std::vector<Measurement>& measurements, int repetitions);

/// Seconds of this thread's processor time, which other processes on the machine disturb least.
double thread_seconds();

/// `"cpu":"…","cores":2,"build":"release"`: what every line of figures says of its machine.
std::string machine_json();

/// One line of JSON, or a table that says for each figure whether it meets its bar.
void print_json(std::string_view bench, const std::vector<Figure>& figures);
void print_table(std::string_view bench, const std::vector<Figure>& figures);

/// A number below any other, by multiplication instead of division.
class FastRandom {
 public:
  std::size_t below(std::size_t count) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>(((state_ & 0xFFFFFFFF) * count) >> 32);
  }

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15;  // xorshift64 (Marsaglia 2003)
};
