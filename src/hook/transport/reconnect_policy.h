#pragma once

#include <chrono>
#include <functional>

#include "base/clock.h"

namespace keisei::hook {

/// When to try the next connection: exponential backoff with jitter, and a circuit breaker that
/// stops trying for a while after several failures in a row, then lets one probe through. Whom
/// another trainer has replaced waits much longer: two that both return would replace each other
/// for ever. A pure state machine over the times it is given.
class ReconnectPolicy {
 public:
  struct Options {
    std::chrono::milliseconds backoff_min;
    std::chrono::milliseconds backoff_max;
    int breaker_failures;
    std::chrono::milliseconds breaker_wait;
    std::chrono::milliseconds replaced_min;
    std::chrono::milliseconds replaced_max;
  };
  /// A connection that breaks earlier than this counts as one more failure.
  static constexpr std::chrono::milliseconds kProven{2000};

  /// `random`: uniform in [0, 1).
  ReconnectPolicy(Options options, std::function<double()> random);

  bool may_connect(SteadyTime now) const { return now >= next_attempt_; }
  SteadyTime next_attempt() const { return next_attempt_; }
  void on_connected(SteadyTime now);
  /// The attempt failed, or the connection broke.
  void on_lost(SteadyTime now);
  /// The showcase takes what it gets, and the connection has held for `kProven`: whoever had
  /// replaced us is forgotten.
  void on_proven() { replaced_ = 0; }
  /// Another trainer took over, or is there.
  void on_replaced(SteadyTime now);
  /// Whether the next attempt is one of a trainer that was replaced, which gives way.
  bool yields() const { return replaced_ > 0; }

  int failures() const { return failures_; }
  bool is_open() const { return failures_ >= options_.breaker_failures; }

 private:
  Options options_;
  std::function<double()> random_;
  /// The connection, if there is one, ends; how long it held.
  SteadyTime::duration end(SteadyTime now);

  int failures_ = 0;  // in a row
  int replaced_ = 0;  // likewise
  bool connected_ = false;
  SteadyTime connected_at_{};
  SteadyTime next_attempt_{};
};

}  // namespace keisei::hook
