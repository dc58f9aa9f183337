#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <list>
#include <map>
#include <utility>

#include "base/clock.h"
#include "http/counted_address.h"
#include "http/message.h"
#include "http/rate_limit.h"

namespace keisei::http {

/// How often each address may ask (counted_address.h). This machine is exempt, unless a trusted
/// proxy says that it is it. Of at most so many addresses it is known how often they have asked:
/// then whoever has been silent longest is forgotten. For one thread.
class AddressLimits {
 public:
  AddressLimits(const RateLimitOptions& options, std::size_t most)
      : options_(options), most_(most) {}

  /// Counts one question. Whether it may be answered.
  bool take(const Client& client, SteadyTime now) {
    if (client.address.is_loopback() && !client.is_forwarded) return true;
    const auto address = counted_address(client.address);
    const auto found = known_.find(address);
    if (found != known_.end()) {
      limits_.splice(limits_.begin(), limits_, found->second);
    } else {
      if (known_.size() >= most_) {
        known_.erase(limits_.back().first);
        limits_.pop_back();
      }
      limits_.emplace_front(address, RateLimit(options_, now));
      known_.emplace(address, limits_.begin());
    }
    return limits_.front().second.take(now) == RateLimit::Verdict::allowed;
  }

  std::size_t known() const { return known_.size(); }

 private:
  using Limits = std::list<std::pair<boost::asio::ip::address, RateLimit>>;

  RateLimitOptions options_;
  std::size_t most_;
  Limits limits_;  // who asked last comes first
  std::map<boost::asio::ip::address, Limits::iterator> known_;
};

}  // namespace keisei::http
