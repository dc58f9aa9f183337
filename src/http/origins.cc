#include "http/origins.h"

#include <algorithm>
#include <string>

namespace keisei::http {
namespace {

// "https://[::1]:8080" → "[::1]:8080"; empty if there is no scheme.
std::string_view authority_of(std::string_view origin) {
  const auto scheme_end = origin.find("://");
  if (scheme_end == std::string_view::npos) return {};
  return origin.substr(scheme_end + 3);
}

std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

}  // namespace

bool is_origin_allowed(std::string_view origin, std::string_view host,
                       const std::vector<std::string>& allowed) {
  if (origin.empty()) return true;
  if (std::find(allowed.begin(), allowed.end(), origin) != allowed.end()) return true;
  const std::string_view authority = authority_of(origin);
  if (authority.empty()) return false;
  if (authority == host) return true;
  const std::string_view name = host_of(authority);
  return name == "localhost" || name == "127.0.0.1" || name == "[::1]";
}

Result<void> check_origin(std::string_view origin) {
  const std::string_view scheme = origin.substr(0, origin.find("://"));
  const std::string_view authority = authority_of(origin);
  const auto is_plain = [](char c) {
    const bool is_large = c >= 'A' && c <= 'Z';
    return c > ' ' && c < '\x7F' && !is_large &&
           std::string_view(R"(/?#@\)").find(c) == std::string_view::npos;
  };
  const bool has_default_port = (scheme == "https" && authority.ends_with(":443")) ||
                                (scheme == "http" && authority.ends_with(":80"));
  if (!scheme.empty() && !host_of(authority).empty() && !has_default_port &&
      std::all_of(scheme.begin(), scheme.end(), is_plain) &&
      std::all_of(authority.begin(), authority.end(), is_plain)) {
    return {};
  }
  return fail('"' + std::string(origin) +
              "\" is no origin as browsers send it, such as https://example.org");
}

}  // namespace keisei::http
