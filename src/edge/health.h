#pragma once

#include "edge/edge_counters.h"
#include "http/message.h"

namespace keisei::edge {

/// What `/healthz` says: that the edge lives, and a few of its counters.
http::Response health_response(const EdgeCounters& counters);

}  // namespace keisei::edge
