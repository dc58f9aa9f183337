#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "rl/encoding/position_batch.h"
#include "rl/options.h"

namespace keisei::rl {

class Network;

/// A network that plays: positions in, policy and value out. It learns nothing and needs no memory
/// for it. The weights are its own, unless it is that of a PpoAgent, which learns on them.
class Player {
 public:
  /// `bytes`: those of weights(), or PpoAgent::save(), of which all but the network is passed over.
  /// `device` as resolve_device() gives it. An error if they are no network of these options.
  static Result<Player> load(const NetworkOptions& options, const std::string& device,
                             const std::string& bytes);
  /// An untrained network, as a run with that seed begins with.
  static Player fresh(const NetworkOptions& options, const std::string& device, std::int64_t seed);

  /// Plays with the weights of a network that others hold too, wherever they are.
  explicit Player(std::shared_ptr<Network> network);

  /// Fills `output`; its activation only if `want_activation`. Any number of threads at a time, but
  /// not while somebody changes the weights.
  void evaluate(const PositionBatch& batch, PolicyOutput& output,
                bool want_activation = false) const;

  std::int64_t parameter_count() const;
  /// All that load() needs for a copy that plays the same.
  std::string weights() const;

 private:
  std::shared_ptr<Network> network_;
};

}  // namespace keisei::rl
