#pragma once

#include <cstdint>

namespace keisei::rl {

/// SplitMix64 (Steele, Lea and Flood, 2014): one word of state, so that every environment can have
/// its own stream and a checkpoint can hold them all. Not for secrets.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ULL);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
  }

  /// Uniform in [0, 1).
  double uniform() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  /// Uniform in [0, bound). Precondition: 0 < bound < 2^32, where the bias is below 2^-32.
  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32) * bound) >> 32);
  }

  std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_;
};

/// A seed for stream number `stream` of a run, far from the seeds of its neighbours.
inline std::uint64_t stream_seed(std::uint64_t seed, std::uint64_t stream) {
  Random mixer(seed ^ (stream * 0xD1342543DE82EF95ULL));
  return mixer.next();
}

}  // namespace keisei::rl
