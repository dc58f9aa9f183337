#include "http/clerk.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/thread_priority.h"
#include "http/counted_address.h"

namespace keisei::http {
namespace {

Response refuse(Status status, ErrorCode code, std::string why) {
  return with_retry_after(1, problem_response({status, code, std::move(why)}));
}

}  // namespace

Response with_retry_after(int seconds, Response refusal) {
  refusal.fields.emplace_back("Retry-After", std::to_string(seconds));
  return refusal;
}

void Clerk::open() {
  const std::lock_guard lock(mutex_);
  is_open_ = true;
  worker_ = std::thread([this] { work(); });
}

void Clerk::close() {
  std::deque<Job> unanswered;
  {
    const std::lock_guard lock(mutex_);
    is_open_ = false;
    unanswered.swap(jobs_);
  }
  changed_.notify_all();
  if (worker_.joinable()) worker_.join();
  for (Job& job : unanswered) {
    job.reply(
        problem_response({Status::unavailable, ErrorCode::unavailable, "the show is ending"}));
  }
}

void Clerk::answer(const Client& client, Work work, const Reply& reply) {
  std::optional<Response> refused;
  {
    const std::lock_guard lock(mutex_);
    refused = refusal(client);
    if (!refused) jobs_.push_back({client, std::move(work), reply});
  }
  if (refused) return reply(*std::move(refused));
  changed_.notify_one();
}

std::optional<Response> Clerk::refusal(const Client& client) const {
  if (!is_open_) {
    return refuse(Status::unavailable, ErrorCode::unavailable,
                  "the show begins or ends: this cannot be answered now");
  }
  if (has_too_many_of(client)) {
    return refuse(Status::too_many_requests, ErrorCode::rate_limited,
                  std::to_string(kMostOfOne) + " questions of this address wait already");
  }
  if (jobs_.size() >= kMostWaiting) {
    return refuse(Status::unavailable, ErrorCode::rate_limited, "too many ask at once");
  }
  return std::nullopt;
}

bool Clerk::has_too_many_of(const Client& client) const {
  if (client.address.is_loopback() && !client.is_forwarded) return false;
  const auto address = counted_address(client.address);
  const auto waiting = std::count_if(jobs_.begin(), jobs_.end(), [&](const Job& job) {
    return counted_address(job.client.address) == address;
  });
  return static_cast<std::size_t>(waiting) >= kMostOfOne;
}

void Clerk::work() {
  lower_priority(ThreadPriority::lowest);
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !is_open_ || !jobs_.empty(); });
    if (!is_open_) return;
    const Job job = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    job.reply(job.work());
  }
}

}  // namespace keisei::http
