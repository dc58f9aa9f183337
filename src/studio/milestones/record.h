#pragma once

#include <optional>

#include "studio/milestones/milestone.h"

namespace keisei::studio {

/// A figure of games of which the greatest is told, seldom: first of the first kFirst games, then
/// whenever the last that was told is beaten by a margin.
class Record {
 public:
  static constexpr int kFirst = 30;

  /// Whether a figure beats the record that was told last.
  using Beats = bool (*)(double figure, double told);
  /// `is_better`: without a margin.
  Record(Beats is_better, Beats beats) : is_better_(is_better), beats_(beats) {}

  /// A game's figure, as the milestone that it would be. What is to be told, if anything: perhaps
  /// of an earlier game, then reached now.
  std::optional<Milestone> hear(Milestone candidate);
  /// It was told before.
  void know(double told);
  bool has_told() const { return told_.has_value(); }

 private:
  Beats is_better_;
  Beats beats_;
  int games_ = 0;
  std::optional<Milestone> best_;  // until the first is told
  std::optional<double> told_;
};

/// Of lengths in plies, by at least a tenth.
Record longest_record();
Record shortest_record();
/// Of swings of a probability, by at least 0.05.
Record swing_record();

}  // namespace keisei::studio
