#include "rl/devices.h"

#include <fmt/format.h>
#include <torch/torch.h>

#include <algorithm>

namespace keisei::rl {

std::vector<std::string> devices() {
  std::vector<std::string> names{"cpu"};
  if (!torch::cuda::is_available()) return names;
  for (std::size_t i = 0; i < torch::cuda::device_count(); ++i) {
    names.push_back(fmt::format("cuda:{}", i));
  }
  return names;
}

Result<void> check_device(std::string_view name) {
  if (name == "cpu") return {};
  const auto there_are = devices();
  if (std::find(there_are.begin(), there_are.end(), name) != there_are.end()) {
    return fail(
        fmt::format("run.device: '{}' is there, but the trainer computes on the CPU only", name));
  }
  return fail(
      fmt::format("run.device: there is no '{}'; there are: {}", name, fmt::join(there_are, ", ")));
}

}  // namespace keisei::rl
