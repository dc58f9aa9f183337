#include "base/numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

namespace keisei {
namespace {

template <class Number>
bool read(std::string_view text, Number& out) {
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failure == std::errc() && end == text.data() + text.size();
}

bool is_plain(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                   [](char c) { return c >= '0' && c <= '9'; });
  return digits && (text.size() == 1 || text.front() != '0');
}

std::string written(double value) {
  std::string text(32, '\0');
  const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
  text.resize(static_cast<std::size_t>(result.ptr - text.data()));
  return text;
}

}  // namespace

std::string WholeNumber::operator()(std::string_view text) const {
  std::int64_t value = 0;
  if (is_plain(text) && read(text, value) && value >= least && value <= most) return {};
  const std::string from = "must be a whole number from " + std::to_string(least);
  if (most == std::numeric_limits<std::int64_t>::max()) return from + " on";
  return from + " to " + std::to_string(most);
}

std::string RealNumber::operator()(std::string_view text) const {
  double value = 0;
  if (read(text, value) && value >= least && value <= most && std::isfinite(value)) return {};
  const std::string from = "must be a number from " + written(least);
  if (most == std::numeric_limits<double>::max()) return from + " on";
  return from + " to " + written(most);
}

}  // namespace keisei
