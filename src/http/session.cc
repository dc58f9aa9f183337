#include "http/session.h"

#include <sys/socket.h>

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/string.hpp>
#include <cassert>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "base/thread_check.h"
#include "http/request_reader.h"
#include "http/response_bytes.h"
#include "http/server.h"

namespace keisei::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using namespace std::chrono_literals;

constexpr auto kRequestTimeout = 10s;
constexpr auto kWriteTimeout = 30s;
// What is read and forgotten of a request that was refused before its end, and how long.
constexpr auto kDiscardTimeout = 2s;
constexpr std::size_t kMostDiscarded = 1024UL * 1024;

class Session final : public Guest, public std::enable_shared_from_this<Session> {
 public:
  Session(Accepted connection, const Site& site)
      : socket_(std::move(connection.socket)),
        place_(std::move(connection.place)),
        site_(site),
        deadline_(socket_.get_executor()) {}

  void next_request() {
    reader_.emplace();
    route_ = nullptr;
    place_.begin(*this);
    expire_after(kRequestTimeout);
    advance();
  }

  void leave() override { give_up(Dropped::sent_away); }

 private:
  // With what has been received: reads on, or answers.
  void advance() {
    auto step = reader_->read(received_);
    if (step == RequestReader::Step::header && route_ == nullptr) {
      if (!identify_client()) return give_up(Dropped::closed_by_client);
      auto route = site_.router.find(reader_->request());
      if (!route) return send(std::move(route.error()));
      route_ = *route;
      step = reader_->read_body(received_, route_->max_body);
      if (step == RequestReader::Step::more) bid_to_continue();
    }
    switch (step) {
      case RequestReader::Step::more:
      case RequestReader::Step::header:
        return receive();
      case RequestReader::Step::complete:
        return answer();
      case RequestReader::Step::header_too_large:
        return send(problem_response(
            {Status::header_too_large, ErrorCode::too_large, "the header is over 8 kB"}));
      case RequestReader::Step::body_too_large:
        return send(problem_response(
            {Status::payload_too_large, ErrorCode::too_large,
             "the body is over " + std::to_string(route_ ? route_->max_body : 0) + " bytes"}));
      case RequestReader::Step::no_length:
        return send(problem_response({Status::length_required, ErrorCode::failed,
                                      "a body needs a Content-Length and no Transfer-Encoding"}));
      case RequestReader::Step::bad_host:
        return send(problem_response({Status::bad_request, ErrorCode::bad_field,
                                      "a request has one Host, and it is a host", "Host"}));
      case RequestReader::Step::malformed:
        return send(problem_response(
            {Status::bad_request, ErrorCode::failed, "this is no HTTP/1.1 request"}));
    }
  }

  // Who waits to be told that its body is welcome (RFC 9110 §10.1.1). Best effort: who is not told
  // sends it after a second.
  void bid_to_continue() {
    const Request& request = reader_->request();
    if (request.is_http_1_0 || !boost::beast::iequals(request.field("Expect"), "100-continue")) {
      return;
    }
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    (void)::send(socket_.native_handle(), kContinue.data(), kContinue.size(),
                 MSG_DONTWAIT | MSG_NOSIGNAL);
  }

  bool identify_client() {
    boost::system::error_code failure;
    const auto peer = socket_.remote_endpoint(failure).address();
    Request& request = reader_->request();
    if (!failure) {
      request.client = site_.proxies.client_of(peer, request.field("X-Forwarded-For"));
    }
    return !failure;
  }

  void receive() {
    socket_.async_read_some(
        asio::buffer(chunk_),
        [self = shared_from_this()](boost::system::error_code failure, std::size_t size) {
          if (failure) return self->on_lost();
          self->received_.append(self->chunk_.data(), size);
          self->advance();
        });
  }

  void on_lost() {
    deadline_.cancel();
    if (given_up_ || !reader_->begun()) return;  // between requests anyone may leave
    site_.counters.dropped[Dropped::closed_by_client].add();
  }

  void answer() {
    if (route_->upgrade) {
      auto take_over = route_->upgrade(reader_->request());
      if (!take_over) return send(std::move(take_over.error()));
      deadline_.cancel();
      place_.keep();
      (*take_over)({std::move(socket_), std::move(place_)}, received_);
      return;
    }
    deadline_.cancel();
    awaits_reply_ = true;
    route_->handler(reader_->request(),
                    [self = shared_from_this(), number = ++asked_](Response response) mutable {
                      assert(self && "a handler has replied twice");
                      const auto executor = self->socket_.get_executor();
                      // Never at once: whoever replies may hold a lock. And it keeps nothing of the
                      // session, which is to end on its own thread.
                      asio::post(executor, [self = std::move(self), number,
                                            response = std::move(response)]() mutable {
                        const bool awaited = self->awaits_reply_ && self->asked_ == number;
                        assert(awaited && "a handler has replied twice");
                        if (awaited && !self->given_up_) self->send(std::move(response));
                      });
                    });
  }

  void send(Response response) {
    thread_.check();
    site_.counters.responses[response.status].add();
    awaits_reply_ = false;
    sending_ = true;
    stays_ = reader_->keeps_alive();
    header_ = header_bytes(response, stays_, site_.clock.wall());
    body_ = std::move(response.body);
    std::array<asio::const_buffer, 2> buffers{asio::buffer(header_), {}};
    if (body_ && reader_->request().method != Method::head) buffers[1] = asio::buffer(*body_);
    expire_after(kWriteTimeout);
    asio::async_write(socket_, buffers,
                      [self = shared_from_this()](boost::system::error_code failure, std::size_t) {
                        self->on_sent(failure);
                      });
  }

  void on_sent(boost::system::error_code failure) {
    sending_ = false;
    body_.reset();
    deadline_.cancel();
    if (failure) return site_.counters.answers_cut_short.add();
    if (stays_) return next_request();
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
    discarding_ = true;
    expire_after(kDiscardTimeout);
    discard();
  }

  // A socket that is closed with bytes unread takes its answer back: the client sees a reset.
  void discard() {
    socket_.async_read_some(
        asio::buffer(chunk_),
        [self = shared_from_this()](boost::system::error_code failure, std::size_t size) {
          self->discarded_ += size;
          if (!failure && self->discarded_ < kMostDiscarded) return self->discard();
          self->deadline_.cancel();
        });
  }

  void expire_after(std::chrono::seconds limit) {
    deadline_.expires_after(limit);
    deadline_.async_wait([weak = weak_from_this()](boost::system::error_code cancelled) {
      const auto self = weak.lock();
      if (!cancelled && self) self->give_up(Dropped::timed_out);
    });
  }

  void give_up(Dropped why) {
    const bool is_answered = sending_ || discarding_;
    if (!is_answered && reader_->begun()) site_.counters.dropped[why].add();
    given_up_ = true;
    deadline_.cancel();
    boost::system::error_code ignored;
    socket_.close(ignored);
    place_ = {};
  }

  tcp::socket socket_;
  Room::Place place_;
  const Site& site_;
  asio::steady_timer deadline_;
  std::array<char, 4096> chunk_;
  std::string received_;  // and not read yet
  std::optional<RequestReader> reader_;
  const Route* route_ = nullptr;
  std::string header_;
  std::shared_ptr<const std::string> body_;
  std::uint64_t asked_ = 0;  // handlers, so far
  bool awaits_reply_ = false;
  bool sending_ = false;
  bool stays_ = false;
  bool given_up_ = false;
  bool discarding_ = false;
  std::size_t discarded_ = 0;
  ThreadChecker thread_;
};

}  // namespace

void serve(Accepted connection, const Site& site) {
  std::make_shared<Session>(std::move(connection), site)->next_request();
}

void turn_away(tcp::socket socket, const Response& refusal, const Site& site) {
  // A socket that is closed with bytes unread takes its answer back.
  std::array<char, 4096> unread;
  (void)::recv(socket.native_handle(), unread.data(), unread.size(), MSG_DONTWAIT);
  const std::string bytes = header_bytes(refusal, false, site.clock.wall()) + *refusal.body;
  (void)::send(socket.native_handle(), bytes.data(), bytes.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

}  // namespace keisei::http
