#include "http/reachable.h"

#include <boost/asio/ip/address.hpp>

namespace keisei::http {

namespace ip = boost::asio::ip;

std::string reachable_host(const std::string& bind) {
  boost::system::error_code no_address;
  const ip::address address = ip::make_address(bind, no_address);
  if (no_address || !address.is_unspecified()) return bind;
  return address.is_v6() ? ip::address_v6::loopback().to_string()
                         : ip::address_v4::loopback().to_string();
}

std::string authority(const std::string& host, std::uint16_t port) {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

}  // namespace keisei::http
