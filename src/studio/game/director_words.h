#pragma once

#include <optional>
#include <string>

#include "protocol/messages.h"
#include "studio/content/content.h"
#include "studio/game/game_words.h"
#include "studio/game/recap.h"

namespace keisei::studio {

/// What the director says for itself: why a game is on, what has happened in it, and what a move
/// has just brought.
class DirectorWords {
 public:
  explicit DirectorWords(const Content& content) : content_(content), words_(content) {}

  /// Gives neither the end nor the winner away.
  protocol::GamePick pick(const Scene& scene, protocol::Level level,
                          protocol::Language language) const;
  /// What a viewer needs who comes in here: what was played, who is ahead, what it turned on.
  std::string recap(const Recap& recap, protocol::Level level, protocol::Language language) const;
  /// The sentence of a move that is looked back at.
  std::string look_back(const Scene& scene, const std::string& sentence,
                        protocol::Language language) const;
  /// Precondition: of a swing, that there was one.
  protocol::Drama drama(protocol::DramaKind kind, const Scene& scene, protocol::Level level,
                        protocol::Language language) const;

  Keys keys() const;

 private:
  const Content& content_;
  GameWords words_;
};

}  // namespace keisei::studio
