#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "studio/game/director.h"
#include "studio/game/game_view.h"
#include "studio/game/remark_chooser.h"
#include "studio/segment.h"

namespace keisei::studio {

/// `game_state` and `move_prediction`: the featured game at the director's pace. Tells the other
/// segments which scene is on, and which games never will be.
class GameStage final : public Segment {
 public:
  GameStage(const Content& content, const DirectorOptions& options, Counters& counters)
      : director_(options, counters,
                  [this](protocol::Unusable what, std::string why) {
                    skipped_.push_back({what, std::move(why)});
                  }),
        view_(content),
        reader_(content.castles(), content.openings()),
        chooser_(view_.commentary()) {}

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override { return director_.due(); }
  Keys keys() const override { return view_.commentary().keys(); }

 private:
  void go_off(Air& air);

  std::vector<TelemetryWasted> skipped_;  // not announced yet
  Director director_;
  GameView view_;
  shogi::MoveReader reader_;
  RemarkChooser chooser_;
  bool on_air_ = false;    // something is
  bool goes_off_ = false;  // it no longer belongs to the run that is shown
};

}  // namespace keisei::studio
