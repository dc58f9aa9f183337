#include "rl/network/network_input.h"

#include <torch/types.h>

namespace keisei::rl {
namespace {

torch::Tensor moved(const torch::Tensor& view, const torch::Device& device) {
  if (device.is_cpu()) return view;
  return view.pin_memory().to(device, /*non_blocking=*/true);
}

}  // namespace

torch::Tensor tensor_of(const std::vector<float>& data, torch::IntArrayRef shape,
                        const torch::Device& device) {
  return moved(torch::from_blob(const_cast<float*>(data.data()), shape, torch::kFloat), device);
}

torch::Tensor tensor_of(const std::vector<std::int32_t>& data, const torch::Device& device) {
  return moved(torch::from_blob(const_cast<std::int32_t*>(data.data()),
                                {static_cast<std::int64_t>(data.size())}, torch::kInt),
               device);
}

NetworkInput::NetworkInput(const PositionBatch& batch, const torch::Device& device)
    : planes(tensor_of(batch.planes, {batch.size(), kSquares, kPlanes}, device)),
      offsets(tensor_of(batch.offsets, device)),
      actions(tensor_of(batch.actions, device)) {}

}  // namespace keisei::rl
