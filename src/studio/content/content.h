#pragma once

#include <array>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "protocol/messages.h"
#include "shogi/insight/castles.h"
#include "shogi/insight/openings.h"
#include "studio/content/keys.h"
#include "studio/health/threshold_table.h"

namespace keisei::studio {

/// Everything viewers read, from content/{en,ja}/*.json, the castles and openings that they are
/// told of, and from where on a metric is called what. A text's key is its file's name and the path
/// inside it: "game.commentary.drop". Texts hold places for values: "{piece}". Immutable after
/// loading.
class Content {
 public:
  using Values = std::initializer_list<std::pair<std::string_view, std::string_view>>;

  /// Fails, naming the file or key, unless both languages can be read and have the same keys.
  static Result<Content> load(const std::filesystem::path& folder);

  /// Fails, naming the key, unless the texts are exactly those that the studio's code uses: none is
  /// missing, none is idle. Files that others read (the page, the names of castles) do not count.
  Result<void> check(const Keys& used) const;

  /// The text with its places filled in. After check() no key of the code is missing; without it a
  /// missing one shows as itself, which is no reason to go off air.
  std::string text(protocol::Language language, const Key& key, Values values = {}) const;

  /// Those of content/castles.json; their names are texts.
  const shogi::Castles& castles() const { return *castles_; }
  /// Those of content/openings.json; their names are texts.
  const shogi::Openings& openings() const { return *openings_; }
  /// Those of content/thresholds.json.
  const ThresholdTable& thresholds() const { return *thresholds_; }

  /// By key.
  using Texts = std::map<std::string, std::string, std::less<>>;
  const Texts& texts(protocol::Language language) const {
    return texts_[static_cast<std::size_t>(language)];
  }

 private:
  std::array<Texts, kEnumerators<protocol::Language>> texts_;
  std::optional<shogi::Castles> castles_;     // there once loaded
  std::optional<shogi::Openings> openings_;   // there once loaded
  std::optional<ThresholdTable> thresholds_;  // there once loaded
};

/// "42%", "3.4%": a digit more where it matters.
std::string percent(double share);
/// Three significant digits.
std::string figure(double value);

}  // namespace keisei::studio
