#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <random>

namespace keisei::simulation {

/// Where all chance of a simulation comes from: the same numbers for the same seed.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t bits() { return engine_(); }
  /// 0 to count - 1. Precondition: count > 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(bits() % count); }
  bool one_in(std::size_t count) { return below(count) == 0; }
  /// Uniform, both ends included.
  std::chrono::milliseconds between(std::chrono::milliseconds least,
                                    std::chrono::milliseconds most) {
    const auto span = static_cast<std::size_t>((most - least).count()) + 1;
    return least + std::chrono::milliseconds(below(span));
  }
  /// Uniform in [0, 1).
  double share() { return static_cast<double>(bits() >> 11U) * 0x1p-53; }
  /// One of its own for a part of the simulation, which then draws as many as it likes.
  Random fork() { return Random(bits()); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace keisei::simulation
