#include "http/trusted_proxies.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace keisei::http {
namespace {

namespace ip = boost::asio::ip;

ip::address_v6::bytes_type bytes_of(const ip::address& address) {
  return address.is_v4() ? ip::make_address_v6(ip::v4_mapped, address.to_v4()).to_bytes()
                         : address.to_v6().to_bytes();
}

// A dual-stack socket shows IPv4 as ::ffff:a.b.c.d; everyone is counted under one name only.
ip::address plain(const ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped()) {
    return ip::make_address_v4(ip::v4_mapped, address.to_v6());
  }
  return address;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// Some proxies add the port: "192.0.2.1:4711", "[2001:db8::1]:4711".
std::optional<ip::address> read_address(std::string_view text) {
  if (text.starts_with('[')) {
    text = text.substr(1, text.find(']') - 1);
  } else if (std::count(text.begin(), text.end(), ':') == 1) {
    text = text.substr(0, text.find(':'));
  }
  boost::system::error_code failure;
  const ip::address address = ip::make_address(std::string(text), failure);
  if (failure) return std::nullopt;
  return plain(address);
}

}  // namespace

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& networks) {
  TrustedProxies proxies;
  for (const std::string& text : networks) {
    const auto slash = text.find('/');
    boost::system::error_code failure;
    const ip::address address = ip::make_address(text.substr(0, slash), failure);
    const int width = address.is_v4() ? 32 : 128;
    int bits = width;
    bool good = !failure;
    if (good && slash != std::string::npos) {
      const char* const end = text.data() + text.size();
      const auto read = std::from_chars(text.data() + slash + 1, end, bits);
      good = read.ec == std::errc() && read.ptr == end && bits >= 0 && bits <= width;
    }
    if (!good) {
      return fail("--trusted-proxy " + text +
                  " is no network; try 10.0.0.0/8, or the proxy's address");
    }
    proxies.networks_.push_back({bytes_of(address), bits + 128 - width});
  }
  return proxies;
}

bool TrustedProxies::trusts(const ip::address& address) const {
  const auto bytes = bytes_of(address);
  return std::any_of(networks_.begin(), networks_.end(), [&](const Network& network) {
    const auto whole = static_cast<std::size_t>(network.bits / 8);
    if (!std::equal(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(whole),
                    network.address.begin())) {
      return false;
    }
    const int rest = network.bits % 8;
    return rest == 0 || ((bytes[whole] ^ network.address[whole]) >> (8 - rest)) == 0;
  });
}

Client TrustedProxies::client_of(const ip::address& peer, std::string_view forwarded_for) const {
  Client client{plain(peer)};
  while (trusts(client.address) && !forwarded_for.empty()) {
    const auto comma = forwarded_for.rfind(',');
    const bool last = comma == std::string_view::npos;
    const auto named = read_address(trimmed(forwarded_for.substr(last ? 0 : comma + 1)));
    if (!named) break;
    client = {*named, true};
    forwarded_for = last ? std::string_view() : forwarded_for.substr(0, comma);
  }
  return client;
}

}  // namespace keisei::http
