#pragma once

#include <algorithm>
#include <boost/asio/ip/address.hpp>

namespace keisei::http {

/// What limits per address count by: of IPv6 the first 64 bits, since whoever has one address of
/// them has them all (RFC 6177).
inline boost::asio::ip::address counted_address(const boost::asio::ip::address& address) {
  if (!address.is_v6() || address.to_v6().is_v4_mapped()) return address;
  auto bytes = address.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), static_cast<unsigned char>(0));
  return boost::asio::ip::address_v6(bytes);
}

}  // namespace keisei::http
