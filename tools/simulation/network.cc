#include "simulation/network.h"

#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace keisei::simulation {

std::shared_ptr<Wire> Network::connect(std::size_t door, const WireQuality& quality) {
  if (door >= doors_.size()) return nullptr;
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw std::runtime_error("no socket for a simulated connection");
  }
  // So that the showcase's socket takes no more than a slow connection would.
  const int room = static_cast<int>(quality.window);
  ::setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  auto wire = std::make_shared<Wire>(schedule_, random_.fork(), quality, ends[0], on_arrival_);
  wires_.push_back(wire);
  doors_[door](ends[1]);
  on_arrival_();
  return wire;
}

void Network::collect() {
  std::vector<pollfd> waiting;
  std::vector<std::shared_ptr<Wire>> wires;
  std::erase_if(wires_,
                [](const auto& wire) { return wire->is_closed() && wire.use_count() == 1; });
  for (const auto& wire : wires_) {
    if (wire->is_closed()) continue;
    waiting.push_back({wire->socket(), POLLIN, 0});
    wires.push_back(wire);
  }
  if (waiting.empty() || ::poll(waiting.data(), waiting.size(), 0) <= 0) return;
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    if (waiting[i].revents == 0) continue;
    wires[i]->on_readable((waiting[i].revents & POLLHUP) != 0);
  }
}

std::shared_ptr<Wire> Network::any(Random& random) {
  std::vector<std::shared_ptr<Wire>> open;
  for (const auto& wire : wires_) {
    if (!wire->is_closed()) open.push_back(wire);
  }
  return open.empty() ? nullptr : open[random.below(open.size())];
}

void Network::each(const std::function<void(Wire&)>& visit) {
  const std::vector<std::shared_ptr<Wire>> all = wires_;
  for (const auto& wire : all) visit(*wire);
}

}  // namespace keisei::simulation
