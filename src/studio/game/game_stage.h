#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "studio/game/director.h"
#include "studio/game/drama.h"
#include "studio/game/game_view.h"
#include "studio/game/remark_chooser.h"
#include "studio/segment.h"

namespace keisei::studio {

/// `game_state` and `move_prediction`: the featured game at the director's pace, as the operator
/// wants it. Tells the other segments which scene is on, which games never will be, and which of
/// the operator's words cannot be followed.
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
  Keys keys() const override { return view_.keys(); }

 private:
  // Whether there is another picture.
  bool follow(const broker::OperatorSaid& word, SteadyTime now, Air& air);
  void show_scene(SteadyTime now, Air& air);
  void send(SteadyTime now, Air& air) const;
  void send_no_game(Air& air) const;
  void go_off(Air& air);

  std::vector<TelemetryWasted> skipped_;     // not announced yet
  std::vector<broker::OperatorSaid> words_;  // not followed yet
  Director director_;
  GameView view_;
  shogi::MoveReader reader_;
  RemarkChooser chooser_;
  DramaWatch drama_;
  // What is on; null if nothing is.
  std::shared_ptr<const Scene> scene_;
  std::shared_ptr<const SceneFacts> facts_;
  std::optional<protocol::DramaKind> moment_;
  bool goes_off_ = false;  // it no longer belongs to the run that is shown
};

}  // namespace keisei::studio
