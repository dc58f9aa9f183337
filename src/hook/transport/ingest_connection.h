#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "hook/transport/showcase_url.h"

namespace boost::asio::ssl {
class context;
}

namespace keisei::hook {

/// One WebSocket connection to a showcase, from the first packet to the last; a new attempt is a
/// new object. Lives on one io_context thread. Nothing blocks; deadlines fire in `check`.
class IngestConnection {
 public:
  /// Why it ended, or could not begin.
  struct Ending {
    enum class Kind {
      trouble,       // `why` says what
      finished,      // the showcase answered our goodbye, which confirms nothing
      unauthorized,  // it does not take the token
      replaced,      // it has another trainer
    };
    Kind kind;
    std::string why;
  };
  struct Handlers {
    std::function<void()> opened;
    std::function<void()> written;  // the message of the last `send`
    std::function<void(std::string text)> received;
    std::function<void(Ending ending)> closed;  // once, and nothing after it
  };
  /// What it shows at the door.
  struct Introduction {
    std::string token;    // empty: none
    bool yields = false;  // comes back only if there is no other trainer
  };
  struct Timeouts {
    std::chrono::milliseconds connect;
    std::chrono::milliseconds write;
  };

  virtual ~IngestConnection() = default;

  /// Once. Ends in `opened` or `closed`.
  virtual void start(SteadyTime now) = 0;
  virtual bool can_send() const = 0;
  /// Precondition: can_send().
  virtual void send(std::string text, SteadyTime now) = 0;
  /// Polls the name lookup and enforces the deadlines. To be called every few milliseconds.
  virtual void check(SteadyTime now) = 0;
  /// Says goodbye; ends in `closed`. Precondition: can_send().
  virtual void close() = 0;
  /// Drops the connection without another word to anyone, handlers included.
  virtual void abandon() = 0;
};

/// `tls` is used for wss:// and outlives the connection; the showcase's certificate must be for the
/// URL's host.
std::shared_ptr<IngestConnection> make_ingest_connection(
    boost::asio::io_context& io, boost::asio::ssl::context& tls, const ShowcaseUrl& url,
    IngestConnection::Introduction introduction, IngestConnection::Timeouts timeouts,
    IngestConnection::Handlers handlers);

/// Verifies against the certificates of the file, or those that the system trusts if it is empty.
/// Throws std::invalid_argument when the file holds none.
std::unique_ptr<boost::asio::ssl::context> make_tls_context(const std::string& ca_file);

}  // namespace keisei::hook
