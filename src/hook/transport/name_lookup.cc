#include "hook/transport/name_lookup.h"

#include <netdb.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/ip/address.hpp>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <exception>
#include <thread>

namespace keisei::hook {

using boost::asio::ip::tcp;

struct NameLookup::State {
  std::string host;
  std::string port;
  std::vector<tcp::endpoint> endpoints;  // the thread's until done
  std::atomic<bool> done{false};

  void look_up() {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (getaddrinfo(host.c_str(), port.c_str(), &hints, &list) != 0) return;
    for (const addrinfo* info = list; info != nullptr; info = info->ai_next) {
      tcp::endpoint endpoint;
      if (info->ai_addrlen > endpoint.capacity()) continue;
      std::memcpy(endpoint.data(), info->ai_addr, info->ai_addrlen);
      endpoint.resize(info->ai_addrlen);
      endpoints.push_back(endpoint);
    }
    freeaddrinfo(list);
  }
};

NameLookup::NameLookup(const std::string& host, const std::string& port)
    : state_(std::make_shared<State>()) {
  state_->host = host;
  state_->port = port;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  if (!error) {
    std::uint16_t number = 0;
    std::from_chars(port.data(), port.data() + port.size(), number);
    state_->endpoints.emplace_back(address, number);
    state_->done = true;
    return;
  }
  std::thread([state = state_] {
    try {
      state->look_up();
    } catch (const std::exception&) {
      // Out of memory: no addresses, the next attempt asks again.
    }
    state->done.store(true, std::memory_order_release);
  }).detach();
}

bool NameLookup::is_done() const { return state_->done.load(std::memory_order_acquire); }

const std::vector<tcp::endpoint>& NameLookup::endpoints() const { return state_->endpoints; }

}  // namespace keisei::hook
