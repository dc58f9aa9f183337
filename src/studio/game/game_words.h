#pragma once

#include <string>

#include "protocol/messages.h"
#include "shogi/position.h"
#include "studio/content/content.h"

namespace keisei::studio {

/// The nouns of the game as viewers read them.
class GameWords {
 public:
  explicit GameWords(const Content& content) : content_(content) {}

  std::string side(shogi::Color color, protocol::Language language) const;
  /// Empty for no piece.
  std::string piece(shogi::PieceType type, protocol::Language language) const;
  /// "5b"; "５二".
  static std::string square(shogi::Square square, protocol::Language language);
  static const std::string& notation(const protocol::MoveView& move, protocol::Language language);

  static Keys keys();

 private:
  const Content& content_;
};

}  // namespace keisei::studio
