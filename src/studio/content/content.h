#pragma once

#include <array>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "protocol/messages.h"

namespace keisei::studio {

/// Everything viewers read, from content/{en,ja}/*.json. A text's key is its file's name and the
/// path inside it: "game.commentary.drop". Texts hold places for values: "{piece}".
/// Immutable after loading.
class Content {
 public:
  using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// Fails, naming the file or key, unless both languages can be read and have the same keys.
  static Result<Content> load(const std::filesystem::path& folder);

  /// The text with its places filled in. A key that does not exist shows as itself: it is a
  /// mistake of ours that a test finds, and no reason to go off air.
  std::string text(protocol::Language language, std::string_view key, Values values = {}) const;

  std::vector<std::string> keys(protocol::Language language) const;

 private:
  std::array<std::map<std::string, std::string, std::less<>>, 2> texts_;  // by language
};

/// A text that takes its key in parts: join("game", "side", "black") is "game.side.black".
template <class... Parts>
std::string join(std::string_view first, Parts... parts) {
  std::string key(first);
  ((key += '.', key += parts), ...);
  return key;
}

/// "42%", "3.4%": a digit more where it matters.
std::string percent(double share);
/// Three significant digits.
std::string figure(double value);

}  // namespace keisei::studio
