#pragma once

#include <optional>
#include <vector>

#include "studio/segment.h"

namespace keisei::studio {

/// Passes the operator's word on to the trainer that counts, and to every later one: what was
/// stopped stays stopped until the operator says otherwise.
class OperatorDesk final : public Segment {
 public:
  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;

 private:
  std::optional<bool> streaming_;  // none: the operator has said nothing yet
  std::optional<broker::Session> trainer_;
  std::vector<Air::Word> words_;  // not on air yet
};

}  // namespace keisei::studio
