#include "rl/network/devices.h"

#include <fmt/format.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <algorithm>
#include <cstdlib>

namespace keisei::rl {

std::vector<std::string> devices() {
  std::vector<std::string> names{"cpu"};
  if (!torch::cuda::is_available()) return names;
  for (std::size_t i = 0; i < torch::cuda::device_count(); ++i) {
    names.push_back(fmt::format("cuda:{}", i));
  }
  return names;
}

Result<std::string> resolve_device(std::string_view name) {
  std::string wanted(name);
  if (wanted == "cuda") {
    const char* const rank = std::getenv("LOCAL_RANK");
    wanted += fmt::format(":{}", rank == nullptr ? "0" : rank);
  }
  const auto there_are = devices();
  if (std::find(there_are.begin(), there_are.end(), wanted) != there_are.end()) return wanted;
  return fail(
      fmt::format("run.device: there is no '{}'; there are: {}", name, fmt::join(there_are, ", ")));
}

std::string libtorch_version() { return TORCH_VERSION; }

}  // namespace keisei::rl
