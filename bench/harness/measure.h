#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "harness/report.h"

namespace keisei::harness {

/// A way to measure one figure once.
struct Measurement {
  std::string key;  // with its unit: "bulk_mnodes_per_s"
  std::optional<Bar> bar;
  std::function<double()> run;
};

/// Runs all measurements in turn, `repetitions` times, so that a slow moment of the machine touches
/// all of them alike. The first round warms up and is not counted.
std::vector<Figure> measure(const std::vector<Measurement>& measurements, int repetitions);

/// What the user of every benchmark may ask for.
struct Request {
  bool json = false;
  int repetitions = 9;
};
/// Ends the program on `--help` and, with status 2, on options that do not exist.
Request read_request(int argc, char** argv, const std::string& what);

/// The main function of a benchmark whose figures are measured independently of each other.
int run_benchmark(int argc, char** argv, const std::string& bench, const std::string& what,
                  const std::function<std::vector<Measurement>()>& measurements);

/// Seconds of this thread's processor time, which other processes on the machine disturb least.
double thread_seconds();

/// A number below any other, by multiplication instead of division; the same every time.
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

}  // namespace keisei::harness
