#pragma once

#include <memory>

#include "studio/game/director.h"
#include "studio/game/game_view.h"
#include "studio/segment.h"

namespace keisei::studio {

/// `game_state` and `move_prediction`: the featured game at the director's pace. Tells the other
/// segments which scene is on.
class GameStage final : public Segment {
 public:
  GameStage(const Content& content, const DirectorOptions& options, Counters& counters)
      : director_(options, counters), view_(content) {}

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override { return director_.due(); }
  Keys keys() const override { return Commentary::keys(); }

 private:
  Director director_;
  GameView view_;
};

}  // namespace keisei::studio
