#pragma once

#include <cstdint>
#include <string>
#include <variant>

namespace keisei::broker {

/// A trainer was admitted to `/ingest`. The newest one is the one that counts.
struct TrainerOpened {
  std::uint64_t session;  // unique among the inputs of one studio
};

struct TrainerClosed {
  std::uint64_t session;
};

/// One telemetry message as it came: the studio decodes it, so that edges need not know its form.
struct Telemetry {
  std::uint64_t session;
  std::string json;
};

/// How many viewers an edge serves now; sent on change and at least once in ten seconds.
struct ViewersCounted {
  std::string edge;
  int viewers;
};

/// Everything that edges tell the studio.
using Input = std::variant<TrainerOpened, TrainerClosed, Telemetry, ViewersCounted>;

}  // namespace keisei::broker
