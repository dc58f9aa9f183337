#include "machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <thread>

namespace {

#ifdef NDEBUG
constexpr const char* kBuild = "release";
#else
constexpr const char* kBuild = "dev";
#endif

std::string cpu_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const std::size_t colon = line.find(": ");
    if (!line.starts_with("model name") || colon == std::string::npos) continue;
    std::string name = line.substr(colon + 2);
    std::erase_if(name, [](char c) { return c == '"' || c == '\\' || c < ' '; });
    return name;
  }
  return "unknown";
}

}  // namespace

std::string machine_json() {
  return fmt::format(R"("cpu":"{}","cores":{},"build":"{}")", cpu_name(),
                     std::thread::hardware_concurrency(), kBuild);
}

std::string machine_text() {
  return fmt::format("{}, {} cores, {} build", cpu_name(), std::thread::hardware_concurrency(),
                     kBuild);
}

Spread spread_of(std::vector<double> samples) {
  std::sort(samples.begin(), samples.end());
  return {samples[samples.size() / 2], samples.front(), samples.back()};
}

std::string spread_json(const std::string& key, const Spread& spread) {
  return fmt::format(R"("{0}":{1:.6g},"{0}_min":{2:.6g},"{0}_max":{3:.6g})", key, spread.median,
                     spread.least, spread.most);
}
