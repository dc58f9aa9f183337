#pragma once

#include <array>
#include <boost/asio/ip/address.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace keisei::http {

/// The proxies whose word about who is behind them is taken. Without any, a client is whoever
/// connects: anyone can write an X-Forwarded-For.
class TrustedProxies {
 public:
  TrustedProxies() = default;
  /// Networks ("10.0.0.0/8", "fd00::/8") or single addresses.
  static Result<TrustedProxies> parse(const std::vector<std::string>& networks);

  /// Whether it is one of them.
  bool trusts(const boost::asio::ip::address& address) const;
  /// Who asks, given who connected and the X-Forwarded-For: the last address of the chain that is
  /// not one of the proxies. What stands before it was written by someone who is not trusted.
  Client client_of(const boost::asio::ip::address& peer, std::string_view forwarded_for) const;

 private:
  struct Network {
    std::array<unsigned char, 16> address;  // IPv4 as ::ffff:a.b.c.d
    int bits;
  };

  std::vector<Network> networks_;
};

}  // namespace keisei::http
