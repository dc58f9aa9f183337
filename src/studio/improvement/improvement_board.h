#pragma once

#include <chrono>
#include <string>

#include "studio/improvement/improvement_words.h"
#include "studio/improvement/play_styles.h"
#include "studio/improvement/progress_watch.h"
#include "studio/leading_edge.h"
#include "studio/segment.h"

namespace keisei::studio {

/// `improvement`: whether the run gets better, after every evaluation; and when another run begins,
/// what is remembered of that.
class ImprovementBoard final : public Segment {
 public:
  /// `content` outlives it.
  ImprovementBoard(const Content& content, std::chrono::milliseconds interval)
      : content_(content), words_(content), changes_(interval) {}

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override { return changes_.due(); }
  Keys keys() const override { return ImprovementWords::keys(); }

 private:
  void begin(const RunBegan& began);
  void play(const protocol::GameFinished& game);

  const Content& content_;
  ImprovementWords words_;
  std::string run_id_;
  int segment_ = 1;
  ProgressWatch progress_;
  PlayStyles styles_;
  LeadingEdge changes_;
};

}  // namespace keisei::studio
