#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#include "simulation/random.h"
#include "simulation/schedule.h"
#include "simulation/wire.h"

namespace keisei::simulation {

/// All wires to the showcase.
class Network {
 public:
  /// Takes the showcase's end of a new connection.
  using Door = std::function<void(int socket)>;

  /// `on_arrival`: something has come for the showcase.
  Network(Schedule& schedule, Random random, Wire::OnArrival on_arrival)
      : schedule_(schedule), random_(random), on_arrival_(std::move(on_arrival)) {}

  /// By edge.
  void open(std::vector<Door> doors) { doors_ = std::move(doors); }
  /// Nobody listens any more.
  void close() { doors_.clear(); }

  /// Null if nobody listens there.
  std::shared_ptr<Wire> connect(std::size_t door, const WireQuality& quality);
  /// Fetches what the showcase has sent.
  void collect();
  /// One of those that there are; null if there is none.
  std::shared_ptr<Wire> any(Random& random);
  void each(const std::function<void(Wire&)>& visit);

 private:
  Schedule& schedule_;
  Random random_;
  const Wire::OnArrival on_arrival_;
  std::vector<Door> doors_;
  std::vector<std::shared_ptr<Wire>> wires_;
};

}  // namespace keisei::simulation
