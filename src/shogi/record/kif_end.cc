#include "shogi/record/kif_end.h"

#include <optional>

#include "shogi/record/kif_words.h"
#include "shogi/record/reading.h"

namespace keisei::shogi::kif {
namespace {

/// Before により or で: why somebody won.
constexpr std::array<std::pair<std::string_view, Ending>, 9> kReasons = {{
    {"時間切れ", Ending::timeout},
    {"切れ負け", Ending::timeout},
    {"反則", Ending::foul},
    {"投了", Ending::resignation},
    {"詰み", Ending::checkmate},
    {"詰", Ending::checkmate},
    {"入玉宣言", Ending::declaration},
    {"宣言", Ending::declaration},
    {"入玉", Ending::declaration},
}};

std::optional<Ending> take_reason(TextCursor& text) {
  for (const auto& [word, reason] : kReasons) {
    TextCursor ahead = text;
    if (!ahead.take(word) || !(ahead.take("により") || ahead.take("で"))) continue;
    text = ahead;
    return reason;
  }
  return std::nullopt;
}

std::optional<Color> take_side(TextCursor& text) {
  for (const auto& [word, color] : kSides) {
    if (text.take(word)) return color;
  }
  return std::nullopt;
}

/// The longest known word that the text begins with, and its ending.
std::optional<std::pair<Ending, std::string_view>> known_word(std::string_view text) {
  std::optional<std::pair<Ending, std::string_view>> known;
  for (const auto& row : kEndings) {
    if (text.starts_with(row.second) && (!known || row.second.size() > known->second.size())) {
      known = row;
    }
  }
  return known;
}

StatedEnd unknown(std::string_view words) {
  return {Ending::interruption, quoted(words), "an unknown end, " + quoted(words),
          "an interruption, with the words as its comment"};
}

/// "先手の勝ち" for a reason, if any was given.
StatedEnd won(bool by_mover, std::optional<Ending> reason, std::string_view words) {
  StatedEnd end;
  if (by_mover) {
    end.ending = reason == Ending::declaration ? Ending::declaration : Ending::foul_of_opponent;
    if (reason == Ending::declaration || reason == Ending::foul) return end;
    if (reason) end.ending = Ending::default_win;
    end.assumed = reason ? "a win of the side to move" : "a foul of the opponent";
  } else {
    end.ending = reason.value_or(Ending::resignation);
    if (end.ending != Ending::declaration) return end;
    end.ending = Ending::resignation;
    end.assumed = "a loss of the side to move";
  }
  end.comment = quoted(words);
  end.cause = "an odd reason to win, " + quoted(words);
  return end;
}

/// "後手の反則負け", "千日手", with the side before it, if any.
StatedEnd ended(std::string_view word, std::optional<bool> of_mover, std::string_view words) {
  const auto known = known_word(word);
  if (!known) return unknown(words);
  StatedEnd end{known->first, {}, {}, {}};
  if (of_mover == false) {
    // Said of the other side, a foul is the mover's gain, and nothing else is said.
    if (end.ending == Ending::foul) {
      end.ending = Ending::foul_of_opponent;
    } else if (end.ending == Ending::foul_of_opponent) {
      end.ending = Ending::foul;
    } else {
      return unknown(words);
    }
  }
  if (known->second.size() < word.size()) {
    end.comment = quoted(words);
    end.cause = "an end with more words, " + quoted(words);
    end.assumed = "the end that the first of them names";
  } else if (end.ending == Ending::interruption && word != ending_word(Ending::interruption)) {
    end.comment = word;  // a sealed move
  }
  return end;
}

}  // namespace

StatedEnd read_end_word(std::string_view word) {
  const auto known = known_word(word);
  if (!known || known->second.size() < word.size()) return unknown(word);
  return ended(word, std::nullopt, word);
}

StatedEnd read_until(std::string_view line, Color mover) {
  TextCursor text(line);
  text.take("、");
  if (text.take_number() >= 0) text.take("手");
  text.take("で");
  text.skip_spaces();
  const std::string_view words = trimmed(text.rest());
  const auto reason = take_reason(text);
  const auto side = take_side(text);
  if (side) text.take("の");
  std::string_view word = trimmed(text.rest());
  constexpr std::string_view kFullStop = "。";
  if (word.ends_with(kFullStop)) word.remove_suffix(kFullStop.size());
  if (side && (word == "勝ち" || word == "勝")) return won(*side == mover, reason, words);
  if (reason) return unknown(words);
  return ended(word, side ? std::optional(*side == mover) : std::nullopt, words);
}

}  // namespace keisei::shogi::kif
