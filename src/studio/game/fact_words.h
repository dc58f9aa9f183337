#pragma once

#include <string>
#include <string_view>

#include "protocol/messages.h"
#include "studio/game/game_words.h"
#include "studio/game/move_facts.h"

namespace keisei::studio {

/// Facts as sentences: those of content/<language>/facts.json, by rule and level.
class FactWords {
 public:
  explicit FactWords(const Content& content) : content_(content), words_(content) {}

  /// `played`: the move that the fact is true of.
  std::string sentence(const ToldFact& told, const ShownMove& played, protocol::Level level,
                       protocol::Language language) const;

  /// Those of the names of castles and openings, too.
  Keys keys() const;

 private:
  std::string targets(const shogi::MoveFact& fact, protocol::Language language) const;
  /// How the mate that the fact speaks of begins: "dropping a gold on 5b". Empty if it speaks of
  /// none.
  std::string play(const ToldFact& told, protocol::Language language) const;
  /// Players have a word of their own for what a lance does.
  std::string skewer(shogi::PieceType by, protocol::Language language) const;
  /// A text of content/<language>/shogi_names.json about a castle or an opening: its `name`, or
  /// what it is `about`. Empty for a fact that names none.
  std::string named(const shogi::MoveFact& fact, std::string_view what,
                    protocol::Language language) const;

  const Content& content_;
  GameWords words_;
};

}  // namespace keisei::studio
