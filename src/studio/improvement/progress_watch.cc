#include "studio/improvement/progress_watch.h"

#include <limits>

namespace keisei::studio {

void ProgressWatch::hear(const protocol::EvaluationFinished& evaluation) {
  if (log_.hear(evaluation)) rule_.look(log_);
}

void ProgressWatch::go_back(std::int64_t update) {
  log_.forget_from(update);
  if (log_.empty()) {
    rule_ = {};
  } else {
    rule_.look(log_);
  }
}

void ProgressWatch::remember(const store::RunMemory& memory) {
  auto next = memory.evaluations.begin();
  const auto hear_before = [&](int segment) {
    for (; next != memory.evaluations.end() && next->segment < segment; ++next) {
      hear(next->evaluation);
    }
  };
  int segment = 1;
  for (const store::KeptUpdate& kept : memory.updates) {
    if (kept.segment <= segment) continue;
    segment = kept.segment;
    hear_before(segment);
    go_back(kept.metrics.update);
  }
  hear_before(std::numeric_limits<int>::max());
}

}  // namespace keisei::studio
