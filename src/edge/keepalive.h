#pragma once

#include <chrono>

#include "base/clock.h"

namespace keisei::edge {

struct KeepaliveOptions {
  std::chrono::seconds ping_interval{15};
  /// Whoever has answered no ping for so long is gone.
  std::chrono::seconds pong_limit{45};
  /// Whoever has not said hello by then is no viewer.
  std::chrono::seconds hello_limit{30};
};

/// When to ask whether the other side is still there, and when to give it up. What it says does not
/// renew these limits: only a pong or the hello that is due does.
class Keepalive {
 public:
  enum class Verdict { fine, ping_now, no_hello, no_pong };

  Keepalive(const KeepaliveOptions& options, SteadyTime now)
      : options_(options), began_(now), pinged_(now), heard_(now) {}

  void greeted() { greeted_ = true; }
  void heard_pong(SteadyTime now) { heard_ = now; }

  /// Call about once a second. After ping_now the ping counts as sent.
  Verdict check(SteadyTime now) {
    if (!greeted_ && now - began_ > options_.hello_limit) return Verdict::no_hello;
    if (now - heard_ > options_.pong_limit) return Verdict::no_pong;
    if (now - pinged_ < options_.ping_interval) return Verdict::fine;
    pinged_ = now;
    return Verdict::ping_now;
  }

 private:
  KeepaliveOptions options_;
  SteadyTime began_;
  SteadyTime pinged_;
  SteadyTime heard_;
  bool greeted_ = false;
};

}  // namespace keisei::edge
