#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "protocol/messages.h"
#include "studio/game/game_library.h"
#include "studio/game/show_plan.h"

namespace keisei::studio {

/// Why a game comes on.
struct Reason {
  protocol::PickReason what = protocol::PickReason::only;
  int among = 1;            // games that could have come on
  int alike = 1;            // of these, what the last rule that left one out chose from
  std::int64_t behind = 0;  // updates between its network and that of the newest finished game
  double points = 0;        // how far a move is expected to carry its forecast, of 100
};

struct Pick {
  GameLibrary::Game game;
  int from;  // the position that it begins with
  Reason why;
};

/// Which of the finished games comes on:
///
/// - those of the newest networks: within kFresh updates of the newest finished game. An older one
///   may only if something happens in it that the run had not shown before, and says so;
/// - of these the one with the most suspense a minute, as it would be shown;
/// - what comes within kAlike of that is as good: then the one that surprises most, by the same
///   measure; then one with a first of the run; then an upset; then the newest.
///
/// A game is an upset when the forecast held its winner for the weaker side: at kUnderdog or less
/// in the mean of all positions.
class Taste {
 public:
  static constexpr std::int64_t kFresh = 3;
  static constexpr double kAlike = 0.8;
  static constexpr double kUnderdog = 0.4;

  /// None if no game is finished.
  static std::optional<Pick> choose(const GameLibrary& library, const Pace& pace,
                                    std::chrono::milliseconds longest);
  static bool is_upset(const FeaturedGame& game);
};

}  // namespace keisei::studio
