#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace keisei::simulation {

/// A number for all bytes so far and their order.
class Digest {
 public:
  void add(std::string_view bytes) { add(std::hash<std::string_view>()(bytes)); }
  void add(std::uint64_t number) {
    value_ = (value_ ^ number) * 0x9E3779B97F4A7C15U;
    value_ ^= value_ >> 29U;
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0x9E3779B97F4A7C15U;
};

}  // namespace keisei::simulation
