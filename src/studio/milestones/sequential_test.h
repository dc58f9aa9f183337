#pragma once

#include <array>

namespace keisei::studio {

/// Whether games prove an expected score above a bound, however often one looks: a bet at fair odds
/// against "it is not above" that starts with 1, and the evidence is what it has grown to (an
/// e-process; Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting",
/// 2024). Under that hypothesis no rule of looking and stopping makes it reach x with a
/// probability above 1/x (Ville's inequality), whatever the share of draws, and also if the players
/// change from game to game.
class SequentialTest {
 public:
  /// 0 < bound < 1; a draw counts half.
  explicit SequentialTest(double bound);

  void add(int wins, int draws, int losses);
  double evidence() const;

 private:
  // A game of score s multiplies each stake by 1 + share (s - bound): small shares win slowly
  // where the score is little above the bound, large ones fast where it is far above.
  static constexpr std::array kShares = {0.1, 0.2, 0.4, 0.8};

  double bound_;
  std::array<double, kShares.size()> logs_{};  // of what each quarter of the stake has become
};

}  // namespace keisei::studio
