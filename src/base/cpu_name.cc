#include "base/cpu_name.h"

#include <fstream>
#include <string_view>

namespace keisei {

std::string cpu_name() {
  constexpr std::string_view kKey = "model name";
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const std::size_t colon = line.find(": ");
    if (!line.starts_with(kKey) || colon == std::string::npos) continue;
    std::string name = line.substr(colon + 2);
    std::erase_if(name, [](char c) { return c == '"' || c == '\\' || c < ' '; });
    return name;
  }
  return "unknown";
}

}  // namespace keisei
