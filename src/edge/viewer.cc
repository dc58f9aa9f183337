#include "edge/viewer.h"

#include <sys/socket.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <cerrno>
#include <chrono>
#include <utility>
#include <vector>

#include "protocol/codec.h"

namespace keisei::edge {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

constexpr auto kPingInterval = 15s;
constexpr auto kStallLimit = 30s;
constexpr auto kHelloLimit = 30s;
constexpr auto kCloseLimit = 2s;
// A viewer may change its mind ten times a second, and in bursts of twenty; past that it is told
// so, and past fifty more messages in debt it is disconnected.
constexpr float kMessagesPerSecond = 10;
constexpr float kMessageBurst = 20;
constexpr float kMessageDebt = -50;

broker::Bytes framed(Opcode opcode, std::string_view payload) {
  return std::make_shared<const std::string>(frame_bytes(opcode, payload));
}

}  // namespace

Viewer::Viewer(asio::ip::tcp::socket socket, ViewerHost& host)
    : socket_(std::move(socket)),
      host_(host),
      last_progress_(host.now()),
      last_ping_(last_progress_),
      rate_refilled_(last_progress_),
      rate_tokens_(kMessageBurst) {}

void Viewer::start(std::string_view handshake_response, std::string_view early) {
  outbox_.put_queued(std::make_shared<const std::string>(handshake_response));
  const auto self = shared_from_this();
  flush();
  if (!early.empty() && !gone_) receive(early);
  if (!gone_) wait_readable();
}

void Viewer::wait_readable() {
  socket_.async_wait(asio::ip::tcp::socket::wait_read,
                     [self = shared_from_this()](boost::system::error_code failure) {
                       if (failure) {
                         self->drop("read_error");
                       } else if (!self->gone_) {
                         self->on_readable();
                       }
                     });
}

void Viewer::on_readable() {
  // One buffer per thread serves every viewer: what is not a whole frame is kept by the reader.
  thread_local std::array<char, 16384> buffer;
  const auto size = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size == 0) return drop("closed_by_viewer");
  if (size < 0) {
    if (errno != EAGAIN && errno != EINTR) return drop("read_error");
  } else {
    receive({buffer.data(), static_cast<std::size_t>(size)});
  }
  if (!gone_) wait_readable();
}

void Viewer::receive(std::string_view bytes) {
  if (closing_) return;
  std::vector<Incoming> incoming;
  const std::uint16_t error = reader_.feed(bytes, incoming);
  for (Incoming& message : incoming) {
    if (closing_ || gone_) return;
    switch (message.kind) {
      case Incoming::Kind::text:
        on_message(message.payload);
        break;
      case Incoming::Kind::ping:
        if (within_rate(host_.now())) put_queued(framed(Opcode::pong, message.payload));
        break;
      case Incoming::Kind::pong:
        break;
      case Incoming::Kind::close:
        return close(message.close_code, "closed_by_viewer");
    }
  }
  if (error != 0) return close(error, "protocol_error");
  flush();
}

void Viewer::on_message(std::string_view json) {
  const SteadyTime now = host_.now();
  if (!within_rate(now)) {
    if (rate_tokens_ < kMessageDebt) return close(close_code::kPolicy, "rate_limit");
    if (rate_tokens_ > -1) {
      const protocol::ErrorMessage error{ErrorCode::rate_limited, "",
                                         "at most 10 messages a second"};
      put_queued(framed(Opcode::text, protocol::encode(error, host_.timestamp(), 0)));
    }
    return;
  }
  if (const auto type = protocol::peek_type(json);
      type && *type == protocol::type_of<protocol::Control>()) {
    if (const auto error = host_.on_control(json)) {
      put_queued(framed(Opcode::text, protocol::encode(*error, host_.timestamp(), 0)));
    }
    return;
  }
  auto understood = apply_hello(json, subscription_);
  if (!understood) {
    put_queued(framed(Opcode::text, protocol::encode(understood.error(), host_.timestamp(), 0)));
    return;
  }
  subscription_ = *understood;
  next_latest_ = {};
  const bool first = !std::exchange(greeted_, true);
  host_.on_hello(*this, first);
}

bool Viewer::within_rate(SteadyTime now) {
  const float elapsed = std::chrono::duration<float>(now - rate_refilled_).count();
  rate_refilled_ = now;
  rate_tokens_ = std::min(kMessageBurst, rate_tokens_ + elapsed * kMessagesPerSecond);
  rate_tokens_ -= 1;
  return rate_tokens_ >= 0;
}

void Viewer::put_latest(std::size_t slot, broker::Bytes bytes) {
  if (closing_) return;
  if (outbox_.empty()) last_progress_ = host_.now();
  if (outbox_.put_latest(slot, std::move(bytes))) host_.on_conflated();
}

void Viewer::put_queued(broker::Bytes bytes) {
  if (closing_) return;
  if (outbox_.empty()) last_progress_ = host_.now();
  if (!outbox_.put_queued(std::move(bytes))) drop("queue_full");
}

void Viewer::flush() {
  if (blocked_ || gone_) return;
  const SteadyTime now = host_.now();
  const bool include_latest = subscription_.pace() == 0 || now >= next_latest_;
  bool sent_any = false;
  std::array<iovec, Outbox::kMaxVectors> vectors;
  for (;;) {
    const std::size_t count = outbox_.gather(vectors, include_latest);
    if (count == 0) break;
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = count;
    const auto size = ::sendmsg(socket_.native_handle(), &message, MSG_DONTWAIT | MSG_NOSIGNAL);
    if (size < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) {
        wait_writable();
        return;
      }
      return drop("write_error");
    }
    outbox_.sent(static_cast<std::size_t>(size), include_latest);
    last_progress_ = now;
    sent_any = true;
  }
  if (sent_any && include_latest && subscription_.pace() != 0) {
    next_latest_ = now + std::chrono::microseconds(1'000'000 / subscription_.pace());
  }
  if (closing_ && outbox_.empty()) {
    boost::system::error_code ignored;
    socket_.shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
  }
}

void Viewer::wait_writable() {
  blocked_ = true;
  socket_.async_wait(asio::ip::tcp::socket::wait_write,
                     [self = shared_from_this()](boost::system::error_code failure) {
                       self->blocked_ = false;
                       if (failure) {
                         self->drop("write_error");
                       } else {
                         self->flush();
                       }
                     });
}

void Viewer::check(SteadyTime now) {
  if (gone_) return;
  if (closing_) {
    if (now - last_ping_ > kCloseLimit) drop("closed");
    return;
  }
  if (!outbox_.empty() && now - last_progress_ > kStallLimit) return drop("stalled");
  if (!greeted_ && now - rate_refilled_ > kHelloLimit) {
    return close(close_code::kPolicy, "no_hello");
  }
  if (now - last_ping_ >= kPingInterval) {
    static const broker::Bytes ping = framed(Opcode::ping, "");
    last_ping_ = now;
    if (outbox_.empty()) put_queued(ping);
    flush();
  }
}

void Viewer::close(std::uint16_t code, std::string_view why) {
  if (closing_ || gone_) return;
  const auto self = shared_from_this();
  outbox_.drop_latest();
  put_queued(std::make_shared<const std::string>(close_frame_bytes(code, why)));
  if (gone_) return;
  closing_ = true;
  leaving_ = why;
  last_ping_ = host_.now();
  flush();
}

void Viewer::drop(std::string_view why) {
  if (std::exchange(gone_, true)) return;
  const auto self = shared_from_this();
  boost::system::error_code ignored;
  socket_.close(ignored);
  host_.on_gone(*this, leaving_.empty() ? why : leaving_);
}

}  // namespace keisei::edge
