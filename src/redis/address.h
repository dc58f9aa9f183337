#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace keisei::redis {

/// Where a server is, and who we are to it.
struct Address {
  std::string host = "127.0.0.1";
  std::uint16_t port = 6379;
  int database = 0;
  std::string user{};      // empty: the default one
  std::string password{};  // empty: none is given

  friend bool operator==(const Address&, const Address&) = default;
};

/// `redis://[[user]:password@]host[:port][/database]`; user and password percent-encoded. No error
/// tells the password.
Result<Address> parse_address(std::string_view url);

/// For people: without the password.
std::string to_string(const Address& address);

}  // namespace keisei::redis
