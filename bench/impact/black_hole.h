#pragma once

#include <array>
#include <cstdint>

/// A port of this machine that swallows connections, as behind a firewall that drops packets: the
/// queue of a listener that accepts nobody is full, so no handshake is ever answered.
class BlackHole {
 public:
  BlackHole();
  ~BlackHole();
  BlackHole(const BlackHole&) = delete;
  BlackHole& operator=(const BlackHole&) = delete;

  std::uint16_t port() const { return port_; }

 private:
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::array<int, 4> fillers_{};
};
