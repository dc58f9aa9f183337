#include "redis/address.h"

#include <boost/url/parse.hpp>
#include <charconv>
#include <optional>

namespace keisei::redis {
namespace {

constexpr int kMostDatabases = 16'384;

std::optional<int> number_in(std::string_view text, int least, int most) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (number < least || number > most) return std::nullopt;
  return number;
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
  const auto url = boost::urls::parse_uri(boost::core::string_view(text.data(), text.size()));
  if (!url || url->scheme() != "redis") {
    return fail("no address of the form redis://host:port/database");
  }
  if (url->has_query() || url->has_fragment()) return fail("nothing may follow the database");
  Address address;
  // Of [::1] what a resolver takes.
  address.host =
      url->host_type() == boost::urls::host_type::ipv6 ? url->host_address() : url->host();
  if (address.host.empty()) return fail("the host is missing");
  address.user = url->user();
  address.password = url->password();
  if (!address.user.empty() && address.password.empty()) {
    return fail("a user needs a password: redis://user:password@host, or :password@host");
  }
  if (url->has_port()) {
    const std::string port(url->port());
    const auto number = number_in(port, 1, 65'535);
    if (!number) return fail("port " + port + " is not in 1..65535");
    address.port = static_cast<std::uint16_t>(*number);
  }
  std::string path = url->path();
  if (path.empty() || path == "/") return address;
  const auto database = number_in(std::string_view(path).substr(1), 0, kMostDatabases - 1);
  if (!database) return fail("the database must be a number from 0");
  address.database = *database;
  return address;
}

std::string to_string(const Address& address) {
  const bool is_ipv6 = address.host.find(':') != std::string::npos;
  return "redis://" + (is_ipv6 ? "[" + address.host + "]" : address.host) + ":" +
         std::to_string(address.port) + "/" + std::to_string(address.database);
}

}  // namespace keisei::redis
