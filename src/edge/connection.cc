#include "edge/connection.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <utility>
#include <vector>

namespace keisei::edge {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;

constexpr auto kStallLimit = 30s;
constexpr auto kCloseLimit = 2s;
constexpr auto kPartingLimit = 5s;
// Frames that say nothing: pings, pongs, crumbs of messages.
constexpr http::RateLimitOptions kIdleRate{.per_second = 20, .burst = 100, .patience = 300};

broker::Bytes framed(Opcode opcode, std::string_view payload) {
  return std::make_shared<const std::string>(frame_bytes(opcode, payload));
}

// As much as the socket takes; -1 as of the system call.
ssize_t send_to(tcp::socket& socket, std::span<const iovec> vectors) {
  constexpr int kFlags = MSG_DONTWAIT | MSG_NOSIGNAL;
  if (vectors.size() == 1) {
    return ::send(socket.native_handle(), vectors[0].iov_base, vectors[0].iov_len, kFlags);
  }
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(vectors.data());
  message.msg_iovlen = vectors.size();
  return ::sendmsg(socket.native_handle(), &message, kFlags);
}

}  // namespace

Connection::Connection(http::Accepted connection, const Clock& clock,
                       const std::optional<MessageRules>& rules, const KeepaliveOptions& keepalive)
    : socket_(std::move(connection.socket)),
      place_(std::move(connection.place)),
      clock_(clock),
      reader_(rules ? std::optional<FrameReader>(*rules) : std::nullopt),
      idle_rate_(kIdleRate, clock.steady()),
      keepalive_(keepalive, clock.steady()),
      last_progress_(clock.steady()) {}

void Connection::start(std::string_view handshake, std::string_view early) {
  outbox_.put_queued(std::make_shared<const std::string>(handshake));
  const auto self = shared_from_this();
  flush();
  if (!early.empty() && !gone_) receive(early);
  wait_readable();
}

void Connection::wait_readable() {
  if (gone_ || awaits_read_ || !(reading_ || closing_)) return;
  awaits_read_ = true;
  socket_.async_wait(tcp::socket::wait_read,
                     [self = shared_from_this()](boost::system::error_code failure) {
                       self->awaits_read_ = false;
                       if (failure) {
                         self->drop(Leaving::read_error);
                       } else if (!self->gone_) {
                         self->on_readable();
                       }
                     });
}

void Connection::resume_reading() {
  reading_ = true;
  wait_readable();
}

void Connection::on_readable() {
  // One buffer per thread serves every connection: what is not a whole frame is kept by the reader.
  thread_local std::array<char, 16384> buffer;
  const auto size = ::recv(socket_.native_handle(), buffer.data(), buffer.size(), MSG_DONTWAIT);
  if (size == 0) return drop(Leaving::closed_by_peer);
  if (size < 0) {
    if (errno != EAGAIN && errno != EINTR) return drop(Leaving::read_error);
  } else {
    receive({buffer.data(), static_cast<std::size_t>(size)});
  }
  wait_readable();
}

void Connection::receive(std::string_view bytes) {
  thread_.check();
  if (closing_ || is_parting()) return;
  if (!reader_) return drop(Leaving::protocol_error);
  std::vector<Incoming> incoming;
  const std::uint16_t error = reader_->feed(bytes, incoming);
  for (; crumbs_ < reader_->crumbs() && !is_over(); ++crumbs_) bears_idle_frame();
  for (Incoming& message : incoming) {
    if (is_over()) return;
    switch (message.kind) {
      case Incoming::Kind::text:
        on_text(std::move(message.payload));
        break;
      case Incoming::Kind::binary:
        on_binary(message.payload);
        break;
      case Incoming::Kind::ping:
        if (bears_idle_frame()) answer_ping(message.payload);
        break;
      case Incoming::Kind::pong:
        if (bears_idle_frame()) keepalive_.heard_pong(clock_.steady());
        break;
      case Incoming::Kind::close:
        return hear_goodbye(message.close_code);
    }
  }
  if (error != 0) return close(error, Leaving::protocol_error);
  flush();
}

bool Connection::bears_idle_frame() {
  const auto verdict = idle_rate_.take(clock_.steady());
  if (verdict == http::RateLimit::Verdict::abusive) close(close_code::kPolicy, Leaving::rate_limit);
  return verdict == http::RateLimit::Verdict::allowed;
}

// RFC 6455 §5.5.2 asks for the answer to the last ping only.
void Connection::answer_ping(std::string_view payload) {
  if (outbox_.is_crowded()) flush();
  if (!is_over() && !outbox_.is_crowded()) put_queued(framed(Opcode::pong, payload));
}

void Connection::hear_goodbye(std::uint16_t code) {
  goodbye_ = Goodbye{code, clock_.steady()};
  if (!owes()) return part();
  flush();
}

void Connection::part() { close(goodbye_->code, Leaving::closed_by_peer); }

void Connection::put_latest(std::size_t slot, broker::Bytes bytes) {
  if (closing_) return;
  if (outbox_.empty()) last_progress_ = clock_.steady();
  if (outbox_.put_latest(slot, std::move(bytes))) on_conflated();
}

void Connection::put_queued(broker::Bytes bytes) {
  if (closing_) return;
  if (outbox_.empty()) last_progress_ = clock_.steady();
  if (!outbox_.put_queued(std::move(bytes))) drop(Leaving::queue_full);
}

void Connection::set_pace(int rounds_per_second) {
  pace_ = rounds_per_second;
  next_latest_ = {};
}

std::size_t Connection::send_at_once(std::span<const iovec> vectors) {
  thread_.check();
  if (vectors.empty()) return 0;
  const auto size = send_to(socket_, vectors);
  return size < 0 ? 0 : static_cast<std::size_t>(size);
}

void Connection::send(bool include_latest) {
  thread_.check();
  if (blocked_ || gone_) return;
  const SteadyTime now = clock_.steady();
  bool sent_any = false;
  std::array<iovec, Outbox::kMaxVectors> vectors;
  for (;;) {
    const std::size_t count = outbox_.gather(vectors, include_latest);
    if (count == 0) break;
    const auto size = send_to(socket_, {vectors.data(), count});
    if (size < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK) {
        wait_writable();
        return;
      }
      return drop(Leaving::write_error);
    }
    outbox_.sent(static_cast<std::size_t>(size), include_latest);
    last_progress_ = now;
    sent_any = true;
  }
  if (sent_any && include_latest && pace_ != 0) {
    next_latest_ = now + std::chrono::microseconds(1'000'000 / pace_);
  }
  if (closing_ && outbox_.empty()) {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
  }
}

void Connection::wait_writable() {
  blocked_ = true;
  socket_.async_wait(tcp::socket::wait_write,
                     [self = shared_from_this()](boost::system::error_code failure) {
                       self->blocked_ = false;
                       if (failure) {
                         self->drop(Leaving::write_error);
                       } else {
                         self->flush();
                       }
                     });
}

void Connection::check() {
  if (gone_) return;
  const SteadyTime now = clock_.steady();
  if (closing_) {
    if (now - closed_at_ > kCloseLimit) drop(leaving_);
    return;
  }
  if (is_parting()) {
    if (now - goodbye_->at > kPartingLimit) part();
    return;
  }
  if (!outbox_.empty() && now - last_progress_ > kStallLimit) return drop(Leaving::stalled);
  if (!reading_ || !reader_) keepalive_.heard_pong(now);
  switch (keepalive_.check(now)) {
    case Keepalive::Verdict::fine:
      return;
    case Keepalive::Verdict::no_hello:
      return close(close_code::kPolicy, Leaving::no_hello);
    case Keepalive::Verdict::no_pong:
      return drop(Leaving::no_pong);
    case Keepalive::Verdict::ping_now:
      static const broker::Bytes ping = framed(Opcode::ping, "");
      static const auto comment = std::make_shared<const std::string>(":\n\n");
      put_queued(reader_ ? ping : comment);
      return flush();
  }
}

void Connection::close(std::uint16_t code, Leaving why, std::string_view words) {
  thread_.check();
  if (is_over()) return;
  const auto self = shared_from_this();
  outbox_.drop_latest();
  say_last_words();
  if (reader_) put_queued(std::make_shared<const std::string>(close_frame_bytes(code, words)));
  if (gone_) return;
  closing_ = true;
  leaving_ = why;
  closed_at_ = clock_.steady();
  flush();
  wait_readable();
}

void Connection::drop(Leaving why) {
  thread_.check();
  if (std::exchange(gone_, true)) return;
  const auto self = shared_from_this();
  boost::system::error_code ignored;
  socket_.close(ignored);
  place_ = {};
  on_gone(closing_ ? leaving_ : why);
}

}  // namespace keisei::edge
