#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "broker/broker.h"
#include "edge/subscription.h"
#include "edge/viewer.h"

namespace keisei::edge {

/// Where what viewers say goes: a hello is the edge's own, the operator's word goes on when its
/// token is right, and everything else as it came. What it means is for the studio.
class Inbound {
 public:
  using Greet = std::function<void(Viewer& viewer, const Subscription& wish)>;

  Inbound(broker::EdgeSide& broker, std::string operator_token, const EdgeCounters& counters)
      : broker_(broker), operator_token_(std::move(operator_token)), counters_(counters) {}

  /// Refuses with an `error`, at once or when the studio has not taken it.
  void take(Viewer& viewer, std::string_view json, const Greet& greet);

 private:
  void pass_on(Viewer& viewer, broker::Input input);
  void refuse(Viewer& viewer, Heard outcome, const Error& error);

  broker::EdgeSide& broker_;
  std::string operator_token_;
  const EdgeCounters& counters_;
};

}  // namespace keisei::edge
