#pragma once

#include <string>

#include "studio/forecast/verdict.h"
#include "studio/game/game_words.h"

namespace keisei::studio {

/// A verdict as viewers read it: one sentence.
class VerdictWords {
 public:
  explicit VerdictWords(const Content& content) : content_(content), words_(content) {}

  std::string sentence(const Verdict& verdict, protocol::Level level,
                       protocol::Language language) const;
  static Keys keys();

 private:
  const Content& content_;
  GameWords words_;
};

}  // namespace keisei::studio
