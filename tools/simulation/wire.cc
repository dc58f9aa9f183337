#include "simulation/wire.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;

constexpr auto kRetry = 20ms;
constexpr auto kGivesUp = 30s;  // as TCP_USER_TIMEOUT does

}  // namespace

Wire::Wire(Schedule& schedule, Random random, const WireQuality& quality, int socket,
           OnArrival on_arrival)
    : schedule_(schedule),
      random_(random),
      quality_(quality),
      socket_(socket),
      on_arrival_(std::move(on_arrival)) {}

Wire::~Wire() { close(); }

void Wire::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

SteadyTime Wire::arrival_after(const std::deque<Chunk>& queue) {
  const SteadyTime when =
      schedule_.now() + random_.between(quality_.least_delay, quality_.most_delay);
  return queue.empty() ? when : std::max(when, queue.back().when);
}

void Wire::send(std::string bytes) {
  if (is_closed() || is_leaving_ || bytes.empty()) return;
  unsent_ += bytes.size();
  outgoing_.push_back({arrival_after(outgoing_), std::move(bytes)});
  if (has_vanished_) {
    schedule_.after(kGivesUp, life_, [this] { end_if_silent(); });
  } else {
    pump_out_at(outgoing_.back().when);
  }
}

void Wire::pump_out_at(SteadyTime when) {
  schedule_.at(std::max(when, stalled_until_), life_, [this] { pump_out(); });
}

void Wire::pump_in_at(SteadyTime when) {
  schedule_.at(std::max(when, stalled_until_), life_, [this] { pump_in(); });
}

void Wire::pump_out() {
  if (is_closed() || has_vanished_) return;
  const SteadyTime now = schedule_.now();
  if (now < stalled_until_) return pump_out_at(stalled_until_);
  bool has_sent = false;
  while (!outgoing_.empty() && outgoing_.front().when <= now) {
    Chunk& chunk = outgoing_.front();
    const auto size =
        ::send(socket_, chunk.bytes.data(), chunk.bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) {
      pump_out_at(now + kRetry);
      break;
    }
    if (size < 0) {
      // It is over; what can still be read says how.
      outgoing_.clear();
      unsent_ = 0;
      break;
    }
    has_sent = true;
    unsent_ -= static_cast<std::size_t>(size);
    chunk.bytes.erase(0, static_cast<std::size_t>(size));
    if (chunk.bytes.empty()) outgoing_.pop_front();
  }
  if (is_leaving_ && outgoing_.empty()) close();
  if (has_sent || is_closed()) on_arrival_();
}

void Wire::on_readable(bool has_hung_up) {
  std::array<char, 65'536> buffer;
  if (has_vanished_ || is_leaving_) {
    if (has_hung_up) close();
    return;
  }
  while (!is_closed() && unread_ < quality_.window) {
    const auto size = ::recv(socket_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
    const SteadyTime when = arrival_after(incoming_);
    if (size <= 0) {
      close();
      incoming_.push_back({when, {}});
    } else {
      const auto got = static_cast<std::size_t>(size);
      unread_ += got;
      incoming_.push_back({when, std::string(buffer.data(), got)});
    }
    pump_in_at(when);
  }
}

void Wire::pump_in() {
  const auto self = shared_from_this();
  const SteadyTime now = schedule_.now();
  if (now < stalled_until_) return pump_in_at(stalled_until_);
  while (reads_ && !has_vanished_ && !has_ended_ && !incoming_.empty() &&
         incoming_.front().when <= now) {
    const Chunk chunk = std::move(incoming_.front());
    incoming_.pop_front();
    if (chunk.bytes.empty()) return end("the showcase closed the connection");
    unread_ -= chunk.bytes.size();
    if (const auto bytes = ends_.bytes) bytes(chunk.bytes);
  }
}

void Wire::set_reading(bool reads) {
  reads_ = reads;
  if (reads) pump_in_at(schedule_.now());
}

void Wire::hang_up() {
  ends_ = {};
  has_ended_ = true;
  if (is_closed() || has_vanished_) return;
  is_leaving_ = true;
  pump_out_at(outgoing_.empty() ? schedule_.now() : outgoing_.back().when);
}

void Wire::cut() {
  if (is_closed() || has_vanished_) return;
  close();
  on_arrival_();
  end("the connection was cut");
}

void Wire::stall(std::chrono::milliseconds time) {
  stalled_until_ = std::max(stalled_until_, schedule_.now() + time);
}

void Wire::vanish() {
  has_vanished_ = true;
  if (unsent_ > 0) schedule_.after(kGivesUp, life_, [this] { end_if_silent(); });
}

void Wire::end_if_silent() {
  if (has_vanished_ && !has_ended_) end("connection timed out");
}

void Wire::end(std::string_view why) {
  if (std::exchange(has_ended_, true)) return;
  const auto self = shared_from_this();
  const Ends ends = std::exchange(ends_, {});
  if (ends.end) ends.end(why);
}

}  // namespace keisei::simulation
