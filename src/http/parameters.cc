#include "http/parameters.h"

#include <charconv>

namespace keisei::http {
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

}  // namespace

std::optional<std::int64_t> whole_in(std::string_view text, std::int64_t least, std::int64_t most) {
  const auto number = number_in<std::int64_t>(text);
  return number && *number >= least && *number <= most ? number : std::nullopt;
}

std::optional<double> time_in(std::string_view text) {
  // The last second of the year 9999.
  constexpr double kLatest = 253'402'300'799;
  const auto seconds = number_in<double>(text, std::chars_format::fixed);
  return seconds && *seconds >= 0 && *seconds <= kLatest ? seconds : std::nullopt;
}

}  // namespace keisei::http
