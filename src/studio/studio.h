#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/thread_check.h"
#include "studio/segment.h"

namespace keisei::studio {

using Segments = std::vector<std::unique_ptr<Segment>>;

/// Where all meaning is made: inputs come in, frames ready for viewers go out. The studio itself
/// keeps clock and order; what is shown is the business of its segments.
///
/// A deterministic function of the inputs and the clock, for one thread. After handle(), and at
/// due(), call advance(): it publishes what has changed, in one batch.
class Studio {
 public:
  struct Outputs {
    std::function<void(std::vector<broker::FramePtr>)> publish;
    std::function<void(const Air::Word&)> tell;
    std::function<void(std::vector<store::Entry>)> keep = [](const auto&) {};
  };

  /// Segments are heard, and get their turns, in this order.
  Studio(Segments segments, const Clock& clock, Outputs outputs);

  void handle(const broker::Input& input);
  /// Whoever keeps entries says so.
  void handle(const EntriesKept& kept);
  void advance();
  SteadyTime due() const;

 private:
  void hear(const Event& event);

  Segments segments_;
  const Clock& clock_;
  Outputs outputs_;
  std::uint64_t sequence_ = 0;
  ThreadChecker thread_;
};

}  // namespace keisei::studio
