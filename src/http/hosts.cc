#include "http/hosts.h"

#include <algorithm>
#include <boost/asio/ip/address_v4.hpp>
#include <boost/asio/ip/address_v6.hpp>

namespace keisei::http {
namespace {

// "Show.Example.org.:8080" → "show.example.org".
std::string name_in(std::string_view host) {
  std::string name(host.substr(0, host.starts_with('[') ? host.find(']') + 1 : host.find(':')));
  for (char& c : name) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  if (name.ends_with('.')) name.pop_back();
  return name;
}

bool is_address(const std::string& name) {
  boost::system::error_code failure;
  if (name.starts_with('[') && name.ends_with(']')) {
    boost::asio::ip::make_address_v6(name.substr(1, name.size() - 2), failure);
  } else {
    boost::asio::ip::make_address_v4(name, failure);
  }
  return !failure;
}

}  // namespace

bool is_host_allowed(std::string_view host, const std::vector<std::string>& allowed) {
  if (host.empty()) return true;
  const std::string name = name_in(host);
  return name == "localhost" || name.ends_with(".localhost") || is_address(name) ||
         std::find(allowed.begin(), allowed.end(), name) != allowed.end();
}

Result<void> check_host(std::string_view name) {
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
  };
  if (!name.empty() && name.front() != '.' && name.back() != '.' &&
      std::all_of(name.begin(), name.end(), is_plain)) {
    return {};
  }
  return fail('"' + std::string(name) +
              "\" is no name as browsers send it, such as show.example.org, without a port");
}

}  // namespace keisei::http
