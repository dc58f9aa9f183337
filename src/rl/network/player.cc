#include "rl/network/player.h"

#include <torch/serialize.h>
#include <torch/utils.h>

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include "rl/network/legal_policy.h"
#include "rl/network/network.h"
#include "rl/network/network_input.h"
#include "rl/network/weights.h"

namespace keisei::rl {

using torch::Tensor;

Result<Player> Player::load(const NetworkOptions& options, const std::string& device,
                            const std::string& bytes) {
  try {
    std::istringstream stream(bytes);
    torch::serialize::InputArchive archive, of_agent;
    archive.load_from(stream, torch::Device(device));
    auto network =
        read_network(archive.try_read("network", of_agent) ? of_agent : archive, options);
    network->to(torch::Device(device));
    return Player(std::move(network));
  } catch (const std::exception& error) {
    return fail(first_line(error));
  }
}

Player Player::fresh(const NetworkOptions& options, const std::string& device, std::int64_t seed) {
  auto network = fresh_network(options, seed);
  network->to(torch::Device(device));
  return Player(std::move(network));
}

Player::Player(std::shared_ptr<Network> network) : network_(std::move(network)) {}

std::int64_t Player::parameter_count() const { return network_->parameter_count(); }

void Player::evaluate(const PositionBatch& batch, PolicyOutput& output,
                      bool want_activation) const {
  const torch::NoGradGuard without_gradient;
  const auto [planes, offsets, actions] = NetworkInput(batch, network_->device());
  const Network::Output answer = network_->forward(planes, offsets, actions);
  std::vector<Tensor> wanted{legal_log_softmax(answer.logits, offsets), answer.values};
  if (want_activation) {
    const Tensor gates = answer.gates[0].to(torch::kFloat);
    const Tensor activation = answer.activation[0].to(torch::kFloat).abs();
    wanted.push_back((activation * gates.view({-1, 1, 1})).sum(0).contiguous().view(-1));
    wanted.push_back(gates);
  }
  // In one copy: what viewers see comes along with the answer that the next move waits for, so
  // that on another device it costs no wait of its own.
  const Tensor all = torch::cat(wanted).cpu();
  const float* from = all.data_ptr<float>();
  const auto take = [&](auto& to) {
    std::copy_n(from, to.size(), to.begin());
    from += to.size();
  };
  output.log_probabilities.reserve(batch.actions.capacity());
  output.log_probabilities.resize(batch.actions.size());
  output.values.resize(static_cast<std::size_t>(batch.size()));
  take(output.log_probabilities);
  take(output.values);
  if (!want_activation) return;
  output.activation.gates.resize(static_cast<std::size_t>(wanted.back().numel()));
  take(output.activation.activity);
  take(output.activation.gates);
}

std::string Player::weights() const {
  torch::serialize::OutputArchive archive;
  network_->save(archive);
  return bytes_of(archive);
}

}  // namespace keisei::rl
