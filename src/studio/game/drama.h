#pragma once

#include <chrono>
#include <optional>

#include "base/clock.h"
#include "protocol/messages.h"
#include "studio/game/move_facts.h"

namespace keisei::studio {

/// What a move brought that is worth more than a word, by rule:
///
/// - a mate, by the rules of shogi;
/// - a mate in one that was on the board and was not played;
/// - a swing: the forecast turned by Pace::kSwing or more.
/// Missed mates and swings at most once in kBetween each: a young network misses every sixth. A
/// look back brings nothing new.
class DramaWatch {
 public:
  static constexpr std::chrono::seconds kBetween{30};

  std::optional<protocol::DramaKind> watch(const Scene& scene, const SceneFacts& facts,
                                           SteadyTime now);

 private:
  static bool is_time(std::optional<SteadyTime>& last, SteadyTime now);

  std::optional<SteadyTime> last_swing_;
  std::optional<SteadyTime> last_missed_;
};

}  // namespace keisei::studio
