#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <string>
#include <vector>

namespace keisei::hook {

/// A host name on its way to addresses. `getaddrinfo` cannot be cancelled and may take many
/// seconds, so a name is looked up by a detached thread that owns its result: whoever asked may go
/// away at any time. Numeric addresses are there at once.
class NameLookup {
 public:
  NameLookup(const std::string& host, const std::string& port);

  bool is_done() const;
  /// Empty when the name does not exist. Precondition: done.
  const std::vector<boost::asio::ip::tcp::endpoint>& endpoints() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace keisei::hook
