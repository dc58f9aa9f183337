#pragma once

#include <optional>
#include <string>

#include "protocol/messages.h"
#include "studio/content/content.h"
#include "studio/game/director.h"
#include "studio/game/move_facts.h"

namespace keisei::studio {

/// Rule-based words about what is on screen: nothing is said that does not follow from the rules of
/// the game or from the network's own numbers.
class Commentary {
 public:
  explicit Commentary(const Content& content) : content_(content) {}

  /// One sentence about the last move, the start or the way the game was joined.
  std::string sentence(const Scene& scene, const SceneFacts& facts,
                       protocol::Language language) const;
  /// A turn of the network's forecast, a mate missed or left open, a fork, an offer; else the
  /// move's place among the network's choices. Empty for beginners, who get one idea at a time.
  std::string note(const Scene& scene, const SceneFacts& facts, protocol::Level level,
                   protocol::Language language) const;
  std::string result(const Scene& scene, protocol::Language language) const;
  /// What a legal move does: "takes a pawn, gives check".
  std::string reason(const MoveFacts& move, protocol::Language language) const;

  static Keys keys();

 private:
  std::string tactical_note(const Scene& scene, const SceneFacts& facts,
                            protocol::Language language) const;
  std::string choice_note(const Decision& decision, protocol::Language language) const;
  std::string targets(const MoveFacts& move, protocol::Language language) const;
  std::string side(shogi::Color color, protocol::Language language) const;
  /// Empty for no piece.
  std::string piece(shogi::PieceType type, protocol::Language language) const;

  const Content& content_;
};

/// 1 for the network's favourite; none if the move is not among its top choices.
std::optional<int> rank_of(const Decision& decision);

}  // namespace keisei::studio
