#include "http/response_bytes.h"

#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace keisei::http {
namespace {

// The page needs nothing from elsewhere; React sets style attributes.
constexpr std::string_view kSecurityHeaders =
    "Content-Security-Policy: default-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n";

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 §5.6.7), in English whatever the locale.
std::string date_of(WallTime time) {
  constexpr std::array<const char*, 7> kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm at{};
  ::gmtime_r(&seconds, &at);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                kDays[static_cast<std::size_t>(at.tm_wday)], at.tm_mday,
                kMonths[static_cast<std::size_t>(at.tm_mon)], at.tm_year + 1900, at.tm_hour,
                at.tm_min, at.tm_sec);
  return text.data();
}

}  // namespace

std::string header_bytes(const Response& response, bool stays, WallTime now) {
  const std::size_t size = response.body ? response.body->size() : 0;
  std::string header = "HTTP/1.1 " + std::to_string(code_of(response.status)) + " ";
  header.append(reason_of(response.status)).append("\r\n").append(kSecurityHeaders);
  const auto add = [&](std::string_view name, std::string_view value) {
    header.append(name).append(": ").append(value).append("\r\n");
  };
  add("Date", date_of(now));
  if (!response.content_type.empty()) add("Content-Type", response.content_type);
  for (const auto& [name, value] : response.fields) add(name, value);
  const bool has_length = response.status != Status::not_modified &&
                          response.status != Status::no_content && !response.is_endless;
  if (has_length) {
    add("Content-Length", std::to_string(size));
  }
  header += stays ? "\r\n" : "Connection: close\r\n\r\n";
  return header;
}

}  // namespace keisei::http
