#pragma once

#include <memory>
#include <string>

#include "simulation/client_stream.h"
#include "simulation/digest.h"
#include "simulation/network.h"

namespace keisei::simulation {

/// Someone who connects to be a nuisance, one way or the other, and comes back after being thrown
/// out.
class RudeClient {
 public:
  /// All that is passed in outlives it.
  RudeClient(Schedule& schedule, Network& network, Digest& digest, std::size_t door, Random random);
  ~RudeClient();

 private:
  void come();
  void come_again();
  void receive(std::string_view bytes);
  void misbehave();

  Schedule& schedule_;
  Network& network_;
  Digest& digest_;
  const std::size_t door_;
  Random random_;
  std::shared_ptr<Wire> wire_;
  ClientStream stream_;
  bool is_open_ = false;
  Life life_;
};

}  // namespace keisei::simulation
