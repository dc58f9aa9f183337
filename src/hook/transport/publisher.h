#pragma once

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

#include "hook/transport/courier.h"
#include "hook/transport/showcase_url.h"

namespace keisei::hook {

/// The thread on which a courier works, and the sockets through which it does.
class Publisher {
 public:
  /// Throws std::invalid_argument when options.ca_file holds no certificates.
  Publisher(const HookOptions& options, const ShowcaseUrl& url, protocol::RunStarted run,
            const Clock& clock, Lanes& lanes, HookStatus& status, Notices& notices);
  ~Publisher();
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  /// Sends what is left within `flush_deadline`, if there is a connection, one in the making, or no
  /// attempt yet. What was neither confirmed nor saved is counted as lost. Once.
  void stop();

  /// Its getters are for any thread.
  const Courier& courier() const { return courier_; }

 private:
  void run();

  const HookOptions& options_;
  std::unique_ptr<boost::asio::ssl::context> tls_;
  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  Courier courier_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace keisei::hook
