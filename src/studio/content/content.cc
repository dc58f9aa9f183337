#include "studio/content/content.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <set>

namespace keisei::studio {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using Texts = Content::Texts;

constexpr auto kFolders = enumerator_names<protocol::Language>();
// Whose texts others read: the page, and whoever names castles, openings and motifs.
constexpr std::array<std::string_view, 3> kFilesOfOthers = {"glossary", "ui", "shogi_names"};

bool is_of_others(std::string_view key) {
  const std::string_view file = key.substr(0, key.find('.'));
  return std::find(kFilesOfOthers.begin(), kFilesOfOthers.end(), file) != kFilesOfOthers.end();
}

Result<void> flatten(const json::object& object, const std::string& prefix, Texts& texts) {
  for (const auto& [name, value] : object) {
    const std::string key = prefix + "." + std::string(name);
    if (value.is_string()) {
      texts.emplace(key, std::string(value.get_string()));
    } else if (value.is_object()) {
      if (auto done = flatten(value.get_object(), key, texts); !done) return done;
    } else {
      return fail(key + " is neither a text nor a group of texts");
    }
  }
  return {};
}

Result<void> read_file(const fs::path& file, Texts& texts) {
  std::ifstream in(file);
  if (!in) return fail("cannot read " + file.string());
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  boost::system::error_code failure;
  const json::value value = json::parse(bytes, failure);
  if (failure || !value.is_object()) {
    return fail(file.string() + " is not a JSON object; correct it");
  }
  auto done = flatten(value.get_object(), file.stem().string(), texts);
  if (!done) return fail(file.string() + ": " + done.error().message);
  return {};
}

Result<Texts> read_folder(const fs::path& folder) {
  Texts texts;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().extension() != ".json") continue;
    if (auto done = read_file(entry.path(), texts); !done) return tl::unexpected(done.error());
  }
  if (texts.empty())
    return fail("no texts in " + folder.string() + "; name the folder with --content");
  return texts;
}

}  // namespace

Result<Content> Content::load(const fs::path& folder) {
  Content content;
  for (std::size_t i = 0; i < kFolders.size(); ++i) {
    auto texts = read_folder(folder / kFolders[i]);
    if (!texts) return tl::unexpected(texts.error());
    content.texts_[i] = std::move(*texts);
  }
  auto castles = shogi::Castles::load(folder / "castles.json");
  if (!castles) return tl::unexpected(castles.error());
  content.castles_ = std::move(*castles);
  auto openings = shogi::Openings::load(folder / "openings.json");
  if (!openings) return tl::unexpected(openings.error());
  content.openings_ = std::move(*openings);
  auto thresholds = ThresholdTable::load(folder / "thresholds.json");
  if (!thresholds) return tl::unexpected(thresholds.error());
  content.thresholds_ = std::move(*thresholds);
  for (std::size_t i = 0; i < kFolders.size(); ++i) {
    for (const auto& [key, text] : content.texts_[i]) {
      if (!content.texts_[1 - i].contains(key)) {
        return fail("content/" + std::string(kFolders[1 - i]) + " has no text for " + key);
      }
    }
  }
  return content;
}

Result<void> Content::check(const Keys& used) const {
  const Texts& texts = texts_.front();
  const std::set<std::string_view> wanted(used.begin(), used.end());
  for (const std::string_view key : wanted) {
    if (!texts.contains(key)) {
      return fail(ErrorCode::failed, std::string(key),
                  "content/ has no text for " + std::string(key));
    }
  }
  for (const auto& [key, text] : texts) {
    if (is_of_others(key) || wanted.contains(key)) continue;
    return fail(ErrorCode::failed, key, "nothing uses the text " + key + " of content/; remove it");
  }
  return {};
}

std::string Content::text(protocol::Language language, const Key& key, Values values) const {
  const auto found = texts(language).find(key.text());
  if (found == texts(language).end()) return key.text();
  std::string_view left = found->second;
  std::string out;
  for (std::size_t open = left.find('{'); open != std::string_view::npos; open = left.find('{')) {
    const std::size_t close = left.find('}', open);
    if (close == std::string_view::npos) break;
    const std::string_view name = left.substr(open + 1, close - open - 1);
    out += left.substr(0, open);
    for (const auto& [place, value] : values) {
      if (place == name) out += value;
    }
    left.remove_prefix(close + 1);
  }
  out += left;
  return out;
}

Keys operator+(Keys left, const Keys& right) {
  left.insert(left.end(), right.begin(), right.end());
  return left;
}

std::string percent(double share) {
  const double value = share * 100;
  if (value > 0 && value < 0.1) return "<0.1%";
  if (value > 99.9 && value < 100) return ">99.9%";
  if (value >= 1e6) return fmt::format("{:.1g}%", value);
  const bool is_near_an_end = value < 10 || (value > 99 && value < 100);
  return is_near_an_end ? fmt::format("{:.1f}%", value) : fmt::format("{:.0f}%", value);
}

std::string figure(double value) { return fmt::format("{:.3g}", value); }

}  // namespace keisei::studio
