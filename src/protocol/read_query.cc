#include "protocol/read_query.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace keisei::protocol {
namespace {

// The whole text as a number.
template <class Number, class... Form>
std::optional<Number> number_in(std::string_view text, Form... form) {
  Number number = 0;
  const char* const end = text.data() + text.size();
  const auto [ptr, failure] = std::from_chars(text.data(), end, number, form...);
  if (failure != std::errc() || ptr != end) return std::nullopt;
  return number;
}

std::string range_text(const Rule& rule) {
  return fmt::format(" from {:.0f} to {:.0f}", rule.min, rule.max);
}

}  // namespace

tl::unexpected<Error> refuse_parameter(std::string_view name, std::string_view why) {
  return fail(ErrorCode::bad_field, std::string(name), fmt::format("{}: {}", name, why));
}

namespace detail {

std::string read_word(std::string_view text, std::span<const std::string_view> words, int& out) {
  const auto found = std::find(words.begin(), words.end(), text);
  out = static_cast<int>(found - words.begin());
  if (found != words.end()) return {};
  out = 0;
  return fmt::format("{}{}", words.size() > 1 ? "one of " : "", fmt::join(words, ", "));
}

std::string read_value(std::string_view text, std::int64_t& out, const Rule& rule) {
  const auto number = number_in<std::int64_t>(text);
  out = number.value_or(0);
  const auto value = static_cast<double>(out);
  if (number && value >= rule.min && value <= rule.max) return {};
  return "a whole number" + range_text(rule);
}

std::string read_value(std::string_view text, double& out, const Rule& rule) {
  // No exponent: an address is written by people, too.
  const auto number = number_in<double>(text, std::chars_format::fixed);
  out = number.value_or(0);
  if (number && out >= rule.min && out <= rule.max) return {};
  return fmt::format("a number{}, in {}", range_text(rule), rule.unit);
}

std::string read_value(std::string_view text, std::string& out, const Rule& rule) {
  out = text;
  if (!text.empty() && text.size() <= rule.max_size) return {};
  return fmt::format("a text of 1 to {} bytes", rule.max_size);
}

std::vector<std::string_view> entries_of(std::string_view text) {
  std::vector<std::string_view> entries;
  for (;;) {
    const std::size_t comma = text.find(',');
    entries.push_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return entries;
    text.remove_prefix(comma + 1);
  }
}

}  // namespace detail
}  // namespace keisei::protocol
