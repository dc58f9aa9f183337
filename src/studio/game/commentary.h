#pragma once

#include <optional>
#include <string>

#include "protocol/messages.h"
#include "studio/content/content.h"
#include "studio/game/fact_words.h"
#include "studio/game/game_words.h"
#include "studio/game/move_facts.h"
#include "studio/game/scene.h"

namespace keisei::studio {

/// Rule-based words about what is on screen: nothing is said that does not follow from the rules of
/// the game or from the network's own numbers.
class Commentary {
 public:
  explicit Commentary(const Content& content)
      : content_(content), words_(content), fact_words_(content) {}

  /// One sentence about the last move, the start or the way the game was joined.
  std::string sentence(const Scene& scene, const SceneFacts& facts,
                       protocol::Language language) const;
  /// The remarks that the facts hold for the level; at a game's start, whose game it is. May be
  /// empty.
  std::string note(const Scene& scene, const SceneFacts& facts, protocol::Level level,
                   protocol::Language language) const;
  /// One remark. Precondition: the scene shows a move. Empty if there is nothing to say: the
  /// forecast has not turned, or the trainer does not tell how likely the move was.
  std::string remark(const Remark& what, const Scene& scene, const SceneFacts& facts,
                     protocol::Level level, protocol::Language language) const;
  /// How far the forecast has moved; empty where it has turned, which is a remark.
  std::string forecast_step(const Scene& scene, protocol::Language language) const;
  /// Two sentences, of which one may be empty.
  std::string joined(const std::string& first, const std::string& second,
                     protocol::Language language) const;
  std::string result(const Scene& scene, protocol::Language language) const;
  /// What a legal move does: "takes a pawn, gives check".
  std::string reason(const ShownMove& move, protocol::Language language) const;

  Keys keys() const;

 private:
  std::string swing(const Scene& scene, protocol::Language language) const;
  std::string choice(const Decision& decision, const SceneFacts& facts, protocol::Level level,
                     protocol::Language language) const;
  std::string alternatives(const SceneFacts& facts, protocol::Language language) const;

  const Content& content_;
  GameWords words_;
  FactWords fact_words_;
};

/// 1 for the network's favourite; none if the move is not among its top choices.
std::optional<int> rank_of(const Decision& decision);

}  // namespace keisei::studio
