#include "http/accepts.h"

#include <boost/beast/core/string.hpp>
#include <charconv>
#include <string>

namespace keisei::http {
namespace {

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// Takes what is before `separator` off `rest`.
std::string_view next(std::string_view& rest, char separator) {
  const std::size_t end = rest.find(separator);
  const std::string_view first = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return trimmed(first);
}

// "q=0.5"; 1 if it is not said, 0 if it cannot be read.
double quality_in(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = next(parameters, ';');
    if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
    double quality = 0;
    const char* const end = parameter.data() + parameter.size();
    const auto [ptr, failure] =
        std::from_chars(parameter.data() + 2, end, quality, std::chars_format::fixed);
    return failure == std::errc() && ptr == end && quality >= 0 && quality <= 1 ? quality : 0;
  }
  return 1;
}

}  // namespace

double liking(std::string_view accept_encoding, std::string_view coding) {
  double of_others = 0;
  while (!accept_encoding.empty()) {
    std::string_view parameters = next(accept_encoding, ',');
    const std::string_view name = next(parameters, ';');
    if (boost::beast::iequals(name, coding)) return quality_in(parameters);
    if (name == "*") of_others = quality_in(parameters);
  }
  return of_others;
}

}  // namespace keisei::http
