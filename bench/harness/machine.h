#pragma once

#include <string>

namespace keisei::harness {

/// Where a figure was measured: what every line of figures tells.
struct Machine {
  std::string cpu;
  unsigned cores;
  std::string build;  // "release" or "dev"
};
const Machine& this_machine();

/// "Intel Xeon, 2 cores, release build".
std::string machine_text();

}  // namespace keisei::harness
