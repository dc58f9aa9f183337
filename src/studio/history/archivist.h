#pragma once

#include <string>
#include <vector>

#include "studio/segment.h"

namespace keisei::studio {

/// Hands what happens in a run to whoever keeps it.
class Archivist final : public Segment {
 public:
  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;

 private:
  std::string run_id_;
  int segment_ = 1;
  std::vector<store::Entry> entries_;  // not handed over yet
};

}  // namespace keisei::studio
