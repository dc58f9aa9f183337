#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "studio/game/commentary.h"
#include "studio/game/move_facts.h"

namespace keisei::studio {

/// Chooses what is said of each scene beside its move, scene after scene:
///
/// - Beginners get one idea at a time, the weightiest fact. Others get two remarks: a turn of the
///   forecast before the facts, and the move's place among the network's choices after them; the
///   advanced always get that place, and one other remark.
/// - No rule is said of three moves running, nor any sentence.
/// - Two remarks never speak of the same mate.
class RemarkChooser {
 public:
  explicit RemarkChooser(const Commentary& commentary) : commentary_(&commentary) {}

  /// Of the scene that comes after the one asked about last: of all levels, in their order.
  std::array<SceneRemarks, kEnumerators<protocol::Level>> choose(const Scene& scene,
                                                                 const SceneFacts& facts);

 private:
  using Said = std::vector<std::string>;
  /// What was said at one level of the last two scenes.
  struct Memory {
    Said last;
    Said before_last;
  };

  /// What makes it the same as another: of a fact its rule, else its sentence. None if there is
  /// nothing to say.
  std::optional<std::string> gist(const Remark& remark, const Scene& scene, const SceneFacts& facts,
                                  protocol::Level level) const;
  SceneRemarks choose(const Scene& scene, const SceneFacts& facts, protocol::Level level,
                      Memory& memory) const;

  const Commentary* commentary_;
  std::array<Memory, kEnumerators<protocol::Level>> memory_;
};

}  // namespace keisei::studio
