#pragma once

#include <torch/types.h>

#include <cstdint>
#include <vector>

#include "rl/encoding/position_batch.h"

namespace keisei::rl {

/// The numbers as a tensor on the device. On the CPU it is a view: valid as long as the vector is,
/// and not resized. Elsewhere it is a copy by way of pinned memory, which nobody waits for.
torch::Tensor tensor_of(const std::vector<float>& data, torch::IntArrayRef shape,
                        const torch::Device& device);
torch::Tensor tensor_of(const std::vector<std::int32_t>& data, const torch::Device& device);

/// A PositionBatch as the network takes it.
struct NetworkInput {
  NetworkInput(const PositionBatch& batch, const torch::Device& device);

  torch::Tensor planes, offsets, actions;
};

}  // namespace keisei::rl
