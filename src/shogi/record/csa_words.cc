#include "shogi/record/csa_words.h"

namespace keisei::shogi::csa {
namespace {

constexpr std::string_view kFoulOf[] = {"+ILLEGAL_ACTION", "-ILLEGAL_ACTION"};  // by Color

}  // namespace

std::string ending_word(Ending ending, Color mover) {
  if (ending == Ending::foul_of_opponent || ending == Ending::default_win) {
    return std::string(kFoulOf[index(~mover)]);
  }
  if (ending == Ending::default_loss) return "TIME_UP";
  if (ending == Ending::draw) return "HIKIWAKE";
  for (const auto& [known, word] : kEndings) {
    if (known == ending) return std::string(word);
  }
  return "ERROR";
}

std::optional<Ending> ending_of(std::string_view word, Color mover) {
  if (word == kFoulOf[index(mover)]) return Ending::foul;
  if (word == kFoulOf[index(~mover)]) return Ending::foul_of_opponent;
  for (const auto& [ending, known] : kEndings) {
    if (known == word) return ending;
  }
  return std::nullopt;
}

}  // namespace keisei::shogi::csa
