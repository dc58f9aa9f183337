#include "loadtest/process_memory.h"

#include <fstream>
#include <limits>
#include <sstream>
#include <string>

namespace keisei::loadtest {

// "VmHWM:     12345 kB"
double ProcessMemory::status(const char* key) const {
  std::ifstream in("/proc/" + std::to_string(process_) + "/status");
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string name;
    double kilobytes = 0;
    if (words >> name >> kilobytes && name == std::string(key) + ":") return 1024 * kilobytes;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

double ProcessMemory::resident() const { return status("VmRSS"); }
double ProcessMemory::peak() const { return status("VmHWM"); }

void ProcessMemory::forget_peak() const {
  std::ofstream("/proc/" + std::to_string(process_) + "/clear_refs") << 5;
}

}  // namespace keisei::loadtest
