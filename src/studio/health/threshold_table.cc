#include "studio/health/threshold_table.h"

#include <boost/json.hpp>
#include <cmath>
#include <exception>
#include <fstream>
#include <iterator>
#include <limits>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace keisei::studio {

namespace json = boost::json;

// Throws what std::exception describes; load() makes a value of it.
struct ThresholdReader {
  static std::string text(const json::value& object, std::string_view key) {
    return std::string(object.at(key).as_string());
  }

  static double number(const json::value& object, std::string_view key) {
    return object.at(key).to_number<double>();
  }

  template <class Enum>
  static Enum word(const json::value& object, std::string_view key) {
    const std::string name = text(object, key);
    const std::optional<Enum> value = enumerator_of<Enum>(name);
    if (!value) throw std::invalid_argument("\"" + name + "\" is no " + std::string(key));
    return *value;
  }

  // The page shows it.
  static void look_for(const json::value& object, std::string_view key) {
    if (!text(object, key).empty()) return;
    throw std::invalid_argument("a " + std::string(key) + " is empty");
  }

  static double cut(const json::value& row) {
    look_for(row, "source");
    return number(row, "value");
  }

  static BandScale scale(const json::value& row) {
    std::vector<BandRange> ranges;
    for (const json::value& entry : row.at("bands").as_array()) {
      if (!ranges.empty() && std::isinf(ranges.back().below)) {
        throw std::invalid_argument("only the last band has no \"below\"");
      }
      BandRange range{word<Band>(entry, "band"), word<protocol::Health>(entry, "health"),
                      std::numeric_limits<double>::infinity(), 0};
      if (entry.as_object().contains("below")) {
        range.below = number(entry, "below");
        range.margin = number(entry, "margin");
      }
      if (!ranges.empty() && range.below <= ranges.back().below) {
        throw std::invalid_argument("the bands are not in rising order");
      }
      ranges.push_back(range);
    }
    if (ranges.empty() || !std::isinf(ranges.back().below)) {
      throw std::invalid_argument("the last band has a \"below\"");
    }
    look_for(row, "range");
    look_for(row, "source");
    return BandScale(std::move(ranges));
  }

  static ThresholdTable table(const json::value& root) {
    ThresholdTable table;
    table.window_ = root.at("window").at("updates").to_number<int>();
    table.least_ = root.at("window").at("least").to_number<int>();
    if (table.least_ < 1 || table.window_ < table.least_) {
      throw std::invalid_argument("a window holds at least its least");
    }
    for (const Cut which : enumerators<Cut>()) {
      table.cuts_[static_cast<std::size_t>(which)] = cut(root.at("cuts").at(to_string(which)));
    }
    const json::value& colors = root.at("colors");
    for (const auto health : enumerators<protocol::Health>()) {
      table.colors_[static_cast<std::size_t>(health)] = text(colors, to_string(health));
    }
    table.color_of_unknown_ = text(colors, "unknown");
    for (const auto metric : enumerators<protocol::HealthMetric>()) {
      table.scales_.push_back(scale(root.at("metrics").at(to_string(metric))));
    }
    return table;
  }
};

Result<ThresholdTable> ThresholdTable::load(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return fail("cannot read " + file.string());
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  try {
    return ThresholdReader::table(json::parse(bytes));
  } catch (const std::exception& failure) {
    return fail(file.string() + ": " + failure.what() + "; correct it");
  }
}

const std::string& ThresholdTable::color(std::optional<protocol::Health> health) const {
  return health ? colors_[static_cast<std::size_t>(*health)] : color_of_unknown_;
}

}  // namespace keisei::studio
