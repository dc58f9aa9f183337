#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/enum_names.h"

namespace keisei::studio {

/// Keys of texts, as content/ knows them: "game.side.black".
using Keys = std::vector<std::string>;

Keys operator+(Keys left, const Keys& right);

/// The key of one text. Only families make keys, so no code can ask for a text that it has not
/// declared.
class Key {
 public:
  const std::string& text() const { return text_; }

 private:
  template <class... Words>
  friend class KeyFamily;
  explicit Key(std::string text) : text_(std::move(text)) {}
  std::string text_;
};

/// The keys that one piece of code uses: a pattern in which every `*` stands for the words of a
/// closed set.
///
///     constexpr KeyFamily<Side> kSide("game.side.*");
///     content.text(language, kSide(Side::black));       // game.side.black
///     kSide.keys();                                     // game.side.black, game.side.white
template <class... Words>
class KeyFamily {
 public:
  /// A pattern with another number of `*` does not compile.
  consteval explicit KeyFamily(std::string_view pattern) : pattern_(pattern) {
    std::size_t stars = 0;
    for (const char c : pattern) stars += c == '*' ? 1 : 0;
    if (stars != sizeof...(Words)) throw "as many * as sets of words";
  }

  Key operator()(Words... words) const {
    return Key(filled(std::array<std::string_view, sizeof...(Words)>{to_string(words)...}));
  }

  Keys keys() const {
    Keys all;
    const std::array<std::size_t, sizeof...(Words)> counts{kEnumerators<Words>...};
    std::array<std::size_t, sizeof...(Words)> at{};
    for (;;) {
      all.push_back(filled(words_at(at, std::index_sequence_for<Words...>{})));
      std::size_t digit = 0;
      while (digit < at.size() && ++at[digit] == counts[digit]) at[digit++] = 0;
      if (digit == at.size()) return all;
    }
  }

 private:
  using Filling = std::array<std::string_view, sizeof...(Words)>;

  template <std::size_t... I>
  static Filling words_at(const std::array<std::size_t, sizeof...(Words)>& at,
                          std::index_sequence<I...>) {
    (void)at;
    return {to_string(static_cast<Words>(at[I]))...};
  }

  std::string filled(const Filling& words) const {
    std::string key;
    std::size_t next = 0;
    for (const char c : pattern_) {
      if (c == '*') {
        key += words[next++];
      } else {
        key += c;
      }
    }
    return key;
  }

  std::string_view pattern_;
};

}  // namespace keisei::studio
