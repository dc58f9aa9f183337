#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "http/message.h"
#include "http/router.h"

namespace keisei::http {

/// A refusal that says when to try again.
Response with_retry_after(int seconds, Response refusal);

/// Answers what takes long, one question after the other, on a thread of its own: no connection
/// waits for it but the one that asked. The thread has the lowest priority, and gets what the
/// others leave of the processor. All functions are thread-safe.
class Clerk {
 public:
  /// Questions that may wait; more are refused.
  static constexpr std::size_t kMostWaiting = 32;
  /// Of one address (http/counted_address.h); this machine is exempt.
  static constexpr std::size_t kMostOfOne = 8;

  /// Called on the clerk's thread.
  using Work = std::function<Response()>;

  Clerk() = default;
  Clerk(const Clerk&) = delete;
  Clerk& operator=(const Clerk&) = delete;
  ~Clerk() { close(); }

  /// Until then, and after close(), whoever asks is refused at once.
  void open();
  /// Refuses what waits; returns when the answer that is being made is made.
  void close();
  void answer(const Client& client, Work work, const Reply& reply);

 private:
  struct Job {
    Client client;
    Work work;
    Reply reply;
  };

  void work();
  // Under the mutex.
  std::optional<Response> refusal(const Client& client) const;
  bool has_too_many_of(const Client& client) const;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  bool is_open_ = false;
  std::thread worker_;
};

}  // namespace keisei::http
