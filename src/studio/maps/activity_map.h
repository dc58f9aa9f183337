#pragma once

#include <chrono>
#include <memory>

#include "studio/game/director.h"
#include "studio/leading_edge.h"
#include "studio/segment.h"

namespace keisei::studio {

/// `se_attention`: where the network's features are active in the position on screen. It may arrive
/// after the position. Where the trainer captured none, nothing is claimed; when another run
/// begins, what was claimed is taken back.
class ActivityMap final : public Segment {
 public:
  explicit ActivityMap(std::chrono::milliseconds interval) : changes_(interval) {}

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override { return changes_.due(); }

 private:
  std::shared_ptr<const Scene> scene_;
  bool new_scene_ = false;  // a map that is there already goes out with its position
  LeadingEdge changes_;
  bool on_air_ = false;    // something is
  bool goes_off_ = false;  // it no longer belongs to the run that is shown
};

/// The message for a level; min-max normalised.
protocol::SeAttention se_attention(const protocol::Attention& attention, protocol::Level level);

}  // namespace keisei::studio
