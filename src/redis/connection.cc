#include "redis/connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/write.hpp>
#include <utility>
#include <vector>

#include "base/printable.h"

namespace keisei::redis {

using boost::asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds kWatchInterval{500};
// A connection that breaks earlier is one more that failed.
constexpr std::chrono::seconds kProven{2};

}  // namespace

struct Connection::Attempt {
  explicit Attempt(boost::asio::io_context& context) : resolver(context), socket(context) {}

  tcp::resolver resolver;
  tcp::socket socket;
  ReplyReader reader;
  std::array<char, 64UL * 1024> in{};
  std::string writing;
  std::string unwritten;
  std::deque<OnReply> unanswered;
  SteadyTime heard{};  // or began to wait
};

Connection::Connection(boost::asio::io_context& context, const Address& address, const Clock& clock,
                       std::function<double()> random, Events events)
    : context_(context),
      address_(address),
      clock_(clock),
      backoff_(std::move(random)),
      events_(std::move(events)),
      again_(context),
      watch_(context) {}

Connection::~Connection() = default;

void Connection::start() {
  connect();
  watch();
}

void Connection::connect() {
  const auto attempt = std::make_shared<Attempt>(context_);
  attempt_ = attempt;
  attempt->heard = clock_.steady();
  attempt->resolver.async_resolve(
      address_.host, std::to_string(address_.port),
      [this, attempt](error_code failure, const tcp::resolver::results_type& found) {
        if (attempt != attempt_) return;
        if (failure) return fail(address_.host + ": " + failure.message());
        boost::asio::async_connect(attempt->socket, found,
                                   [this, attempt](error_code refused, const tcp::endpoint&) {
                                     if (attempt != attempt_) return;
                                     if (refused) return fail(refused.message());
                                     shake_hands(attempt);
                                   });
      });
}

// A server that is not ready, or does not want us, says so to the PING.
void Connection::shake_hands(const AttemptPtr& attempt) {
  error_code ignored;
  attempt->socket.set_option(tcp::no_delay(true), ignored);
  // The attempt holds this, so this must not hold the attempt.
  const auto must_be_good = [this, here = attempt.get()](const Reply& reply) {
    if (here == attempt_.get() && reply.is_error()) fail(printable(reply.text));
  };
  if (!address_.password.empty()) {
    std::vector<std::string_view> words{"AUTH"};
    if (!address_.user.empty()) words.emplace_back(address_.user);
    words.emplace_back(address_.password);
    ask(*attempt, encode_command(words), must_be_good);
  }
  if (address_.database != 0) {
    ask(*attempt, encode_command({"SELECT", std::to_string(address_.database)}), must_be_good);
  }
  ask(*attempt, encode_command({"PING"}), [this, must_be_good](const Reply& reply) {
    must_be_good(reply);
    if (!attempt_) return;
    is_up_ = true;
    up_since_ = clock_.steady();
    events_.on_up();
  });
  write(attempt);
  read(attempt);
}

void Connection::ask(Attempt& attempt, const std::string& command, OnReply on_reply) {
  if (attempt.unanswered.empty()) attempt.heard = clock_.steady();
  attempt.unwritten += command;
  attempt.unanswered.push_back(std::move(on_reply));
}

void Connection::send(const std::string& command, OnReply on_reply) {
  ask(*attempt_, command, std::move(on_reply));
  write(attempt_);
}

void Connection::write(const AttemptPtr& attempt) {
  if (!attempt->writing.empty() || attempt->unwritten.empty()) return;
  std::swap(attempt->writing, attempt->unwritten);
  boost::asio::async_write(attempt->socket, boost::asio::buffer(attempt->writing),
                           [this, attempt](error_code failure, std::size_t) {
                             if (attempt != attempt_) return;
                             if (failure) return fail(failure.message());
                             attempt->writing.clear();
                             write(attempt);
                           });
}

void Connection::read(const AttemptPtr& attempt) {
  attempt->socket.async_read_some(boost::asio::buffer(attempt->in),
                                  [this, attempt](error_code failure, std::size_t size) {
                                    if (attempt != attempt_) return;
                                    if (failure) return fail(failure.message());
                                    attempt->heard = clock_.steady();
                                    attempt->reader.feed({attempt->in.data(), size});
                                    hear(attempt);
                                    if (attempt == attempt_) read(attempt);
                                  });
}

void Connection::hear(const AttemptPtr& attempt) {
  while (attempt == attempt_) {
    auto reply = attempt->reader.next();
    if (!reply) return fail(reply.error().message);
    if (!*reply) return;
    if (attempt->unanswered.empty()) return fail("it answers what was not asked");
    const OnReply on_reply = std::move(attempt->unanswered.front());
    attempt->unanswered.pop_front();
    on_reply(std::move(**reply));
  }
}

void Connection::fail(const std::string& why) {
  if (!attempt_) return;
  error_code ignored;
  attempt_->resolver.cancel();
  attempt_->socket.close(ignored);
  attempt_.reset();
  if (std::exchange(is_up_, false) && clock_.steady() - up_since_ > kProven) backoff_.succeeded();
  again_.expires_after(backoff_.next());
  again_.async_wait([this](error_code cancelled) {
    if (!cancelled) connect();
  });
  events_.on_down(why);
}

void Connection::watch() {
  watch_.expires_after(kWatchInterval);
  watch_.async_wait([this](error_code cancelled) {
    if (cancelled) return;
    const bool waits = attempt_ && !(is_up_ && attempt_->unanswered.empty());
    if (waits && clock_.steady() - attempt_->heard > kPatience) {
      fail("no answer for " + std::to_string(kPatience.count()) + " s");
    }
    watch();
  });
}

Pipe::Pipe(boost::asio::io_context& context, const Address& address, const Clock& clock,
           std::function<double()> random, Connection::Events events)
    : events_(std::move(events)),
      connection_(context, address, clock, std::move(random),
                  {[this] {
                     for (const Kept& kept : kept_) put_through(kept.command);
                     events_.on_up();
                   },
                   [this](const std::string& why) { events_.on_down(why); }}) {}

void Pipe::send(std::string command, Connection::OnReply on_reply) {
  kept_.push_back({std::move(command), std::move(on_reply)});
  if (connection_.is_up()) put_through(kept_.back().command);
}

void Pipe::put_through(const std::string& command) {
  connection_.send(command, [this](Reply reply) {
    if (reply.is_error()) return connection_.fail(printable(reply.text));
    const Kept answered = std::move(kept_.front());
    kept_.pop_front();
    answered.on_reply(std::move(reply));
  });
}

}  // namespace keisei::redis
