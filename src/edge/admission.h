#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstddef>
#include <map>
#include <optional>

#include "edge/edge_counters.h"
#include "http/message.h"

namespace keisei::edge {

struct AdmissionOptions {
  std::size_t max_viewers = 15'000;  // the usual limit of descriptors is 20 000
  std::size_t max_viewers_per_address = 64;
};

/// What the limit on open files leaves for connections.
struct Capacity {
  std::size_t connections;  // of all kinds
  std::size_t viewers;      // of them: some places are for the page and the trainer
};
/// Keeps 128 descriptors back for the operator's port and everything else in the process.
Capacity capacity(const AdmissionOptions& options, std::size_t descriptors);

/// How many viewers there may be, and how many from one address. This machine is exempt from the
/// latter: an untrusted proxy on it stands for everyone. Whom a trusted one calls so is not.
class Admission {
 public:
  explicit Admission(const AdmissionOptions& options) : options_(options) {}

  /// A viewer's place; free again when this object is gone.
  class Seat {
   public:
    Seat(Admission& admission, const boost::asio::ip::address& address);
    ~Seat();
    Seat(Seat&& other) noexcept;
    Seat& operator=(Seat&& other) noexcept;

   private:
    Admission* admission_;
    boost::asio::ip::address address_;
  };

  /// Why there is no place for one more viewer of this client; none if there is.
  std::optional<NoRoom> refusal(const http::Client& client) const;
  /// From now on there is no place for anyone.
  void close() { closed_ = true; }

 private:
  AdmissionOptions options_;
  std::size_t taken_ = 0;
  std::map<boost::asio::ip::address, std::size_t> per_address_;
  bool closed_ = false;
};

}  // namespace keisei::edge
