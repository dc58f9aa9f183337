#pragma once

#include "base/clock.h"
#include "edge/edge_counters.h"
#include "http/message.h"

namespace keisei::edge {

/// What `/healthz` says: that the edge lives, what its clock shows, and a few of its counters.
http::Response health_response(const EdgeCounters& counters, WallTime now);

/// What `/readyz` says of an edge that viewers may be sent to.
http::Response ready_response();

}  // namespace keisei::edge
