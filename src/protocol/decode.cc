#include "protocol/decode.h"

#include <fmt/format.h>

#include <cmath>

#include "base/printable.h"
#include "base/utf8.h"
#include "protocol/json_writer.h"

namespace keisei::protocol {

std::string shown_name(std::string_view name) {
  constexpr std::size_t kMostShown = 64;
  return printable(name, kMostShown);
}

std::string quoted(std::string_view text) {
  constexpr std::size_t kMaxQuoted = 40;
  std::size_t length = 0;
  while (length < text.size()) {
    const std::size_t next = utf8_length(text.substr(length));
    if (next == 0 || length + next > kMaxQuoted) break;
    length += next;
  }
  std::string out;
  append_text(out, text.substr(0, length));
  if (length < text.size()) out.insert(out.size() - 1, "…");
  return out;
}

namespace {

bool in_range(double value, const Rule& rule, Failure& failure) {
  if (value >= rule.min && value <= rule.max) return true;
  if (std::isinf(rule.max)) return failure.because(fmt::format("{} is below {}", value, rule.min));
  if (std::isinf(rule.min)) return failure.because(fmt::format("{} is above {}", value, rule.max));
  return failure.because(fmt::format("{} is not in {}..{}", value, rule.min, rule.max));
}

/// Any JSON number; integers may be written as 3.0.
bool read_number(const Json& json, double& out, Failure& failure, const char* expected) {
  if (const double* number = json.if_double()) {
    out = *number;
  } else if (const std::int64_t* integer = json.if_int64()) {
    out = static_cast<double>(*integer);
  } else if (const std::uint64_t* natural = json.if_uint64()) {
    out = static_cast<double>(*natural);
  } else {
    return failure.because(fmt::format("expected {}", expected));
  }
  return std::isfinite(out) || failure.because(fmt::format("expected {}", expected));
}

bool read_integer(const Json& json, double limit, double& out, const Rule& rule, Failure& failure) {
  if (!read_number(json, out, failure, "an integer")) return false;
  if (out != std::floor(out)) return failure.because("expected an integer");
  if (std::abs(out) > limit) return failure.because("too large for an integer");
  return in_range(out, rule, failure);
}

}  // namespace

bool Failure::in_field(std::string_view name) {
  const bool joins = !path.empty() && path.front() != '[';
  path.insert(0, shown_name(name) + (joins ? "." : ""));
  return false;
}

bool Failure::in_item(std::size_t index) {
  const bool joins = !path.empty() && path.front() != '[';
  path.insert(0, fmt::format("[{}]{}", index, joins ? "." : ""));
  return false;
}

bool read(const Json& json, bool& out, const Rule&, Failure& failure) {
  if (!json.is_bool()) return failure.because("expected true or false");
  out = json.get_bool();
  return true;
}

bool read(const Json& json, int& out, const Rule& rule, Failure& failure) {
  double value = 0;
  if (!read_integer(json, std::numeric_limits<int>::max(), value, rule, failure)) return false;
  out = static_cast<int>(value);
  return true;
}

bool read(const Json& json, std::int64_t& out, const Rule& rule, Failure& failure) {
  double value = 0;
  if (!read_integer(json, static_cast<double>(kMaxInteger), value, rule, failure)) return false;
  out = static_cast<std::int64_t>(value);
  return true;
}

bool read(const Json& json, double& out, const Rule& rule, Failure& failure) {
  return read_number(json, out, failure, "a number") && in_range(out, rule, failure);
}

bool read(const Json& json, float& out, const Rule& rule, Failure& failure) {
  double value = 0;
  if (!read(json, value, rule, failure)) return false;
  if (std::abs(value) > std::numeric_limits<float>::max()) {
    return failure.because("too large for a number here");
  }
  out = static_cast<float>(value);
  return true;
}

bool read(const Json& json, std::string& out, const Rule& rule, Failure& failure) {
  const boost::json::string* text = json.if_string();
  if (text == nullptr) return failure.because("expected a text");
  if (text->size() > rule.max_size) {
    return failure.because(fmt::format("longer than {} bytes", rule.max_size));
  }
  out.assign(text->data(), text->size());
  return true;
}

bool read(const Json& json, BoardMap& out, const Rule& rule, Failure& failure) {
  const boost::json::array* list = json.if_array();
  if (list == nullptr || list->size() != out.size()) {
    return failure.because(fmt::format("expected a list of {} numbers", out.size()));
  }
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!read((*list)[i], out[i], rule, failure)) return failure.in_item(i);
  }
  return true;
}

bool read(const Json& json, Series& out, const Rule& rule, Failure& failure) {
  const boost::json::object* object = read_object(json, nullptr, failure);
  if (object == nullptr) return false;
  SeriesRange range;
  for (const auto& [name, end] : {std::pair("from", &range.from), std::pair("to", &range.to)}) {
    const Json* value = object->if_contains(name);
    const bool is_good =
        value == nullptr ? failure.because("missing") : read(*value, *end, rule, failure);
    if (!is_good) return failure.in_field(name);
  }
  const Json* points = object->if_contains("points");
  if (points == nullptr || !points->is_string()) {
    failure.because(points == nullptr ? "missing" : "expected a text");
    return failure.in_field("points");
  }
  if (object->size() != 3) return failure.because("expected from, to and points");
  const std::string_view text = points->get_string();
  if (text.size() > 2 * rule.max_size) {
    return failure.because(fmt::format("longer than {} entries", rule.max_size));
  }
  out.clear();
  if (read_points(text, range, out)) return true;
  failure.because("expected two characters of base 64 for each point");
  return failure.in_field("points");
}

int read_enumerator(const Json& json, const std::string_view* names, std::size_t count,
                    Failure& failure) {
  const boost::json::string* text = json.if_string();
  if (text == nullptr) {
    failure.because("expected a text");
    return -1;
  }
  std::string choices;
  for (std::size_t i = 0; i < count; ++i) {
    if (std::string_view(*text) == names[i]) return static_cast<int>(i);
    if (i > 0) choices += ", ";
    choices += names[i];
  }
  failure.because(fmt::format("{} is not one of {}", quoted(*text), choices));
  return -1;
}

const boost::json::array* read_list(const Json& json, const Rule& rule, Failure& failure) {
  const boost::json::array* list = json.if_array();
  if (list == nullptr) {
    failure.because("expected a list");
    return nullptr;
  }
  if (list->size() > rule.max_size) {
    failure.because(fmt::format("longer than {} entries", rule.max_size));
    return nullptr;
  }
  return list;
}

const boost::json::object* read_object(const Json& json, const Rule* rule, Failure& failure) {
  const boost::json::object* object = json.if_object();
  if (object == nullptr) {
    failure.because("expected an object");
    return nullptr;
  }
  if (rule == nullptr) return object;
  if (object->size() > rule->max_size) {
    failure.because(fmt::format("more than {} entries", rule->max_size));
    return nullptr;
  }
  for (const auto& entry : *object) {
    if (entry.key().size() > rule->item_max_size) {
      failure.because(fmt::format("a key is longer than {} bytes", rule->item_max_size));
      return nullptr;
    }
  }
  return object;
}

}  // namespace keisei::protocol
