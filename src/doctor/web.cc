#include "doctor/web.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <cstddef>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "hook/transport/byte_stream.h"
#include "hook/transport/ingest_connection.h"
#include "hook/transport/name_lookup.h"

namespace keisei::doctor {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

namespace {

constexpr auto kPoll = std::chrono::milliseconds(5);
constexpr std::size_t kMostBytes = 1024UL * 1024;

std::string request_for(const hook::ShowcaseUrl& showcase, const std::string& path,
                        const std::string& token) {
  const bool is_ipv6 = showcase.host.find(':') != std::string::npos;
  return "GET " + path +
         " HTTP/1.1\r\nHost: " + (is_ipv6 ? "[" + showcase.host + "]" : showcase.host) + ":" +
         showcase.port + (token.empty() ? "" : "\r\nAuthorization: Bearer " + token) +
         "\r\nUser-Agent: keisei-showcase-doctor\r\nConnection: close\r\n\r\n";
}

// One step after the other, each until the deadline.
class Conversation {
 public:
  Conversation(asio::ssl::context* tls, SteadyTime deadline)
      : deadline_(deadline),
        stream_(hook::make_byte_stream(hook::ByteStream::Socket(io_.get_executor()), tls)) {}

  error_code connect(const std::vector<asio::ip::tcp::endpoint>& endpoints) {
    return wait([&](hook::Completion done) {
      asio::async_connect(
          stream_->socket(), endpoints,
          [done = std::move(done)](error_code error, const auto&) mutable { done(error); });
    });
  }
  error_code encrypt(const std::string& host) {
    return wait([&](hook::Completion done) { stream_->encrypt(host, std::move(done)); });
  }
  error_code write(const std::string& bytes) {
    hook::ByteStream::Gathered gathered{};
    error_code error;
    for (std::size_t sent = 0; sent < bytes.size() && !error; sent += size_) {
      gathered[0] = asio::buffer(bytes) + sent;
      error = wait([&](hook::Completion done) { stream_->write_some(gathered, std::move(done)); });
    }
    return error;
  }
  error_code read(http::response_parser<http::string_body>& answer) {
    answer.body_limit(kMostBytes);
    answer.eager(true);
    std::string received;
    std::array<char, 4096> chunk{};
    while (!answer.is_done()) {
      error_code error = wait(
          [&](hook::Completion done) { stream_->read_some(asio::buffer(chunk), std::move(done)); });
      if (error) {
        if (!answer.is_header_done() || !answer.need_eof()) return error;
        answer.put_eof(error);
        return error;
      }
      received.append(chunk.data(), size_);
      const std::size_t used = answer.put(asio::buffer(received), error);
      if (error && error != http::error::need_more) return error;
      received.erase(0, used);
    }
    return {};
  }

 private:
  template <class Begin>
  error_code wait(Begin begin) {
    std::optional<error_code> result;
    begin(hook::Completion([&](error_code error, std::size_t size) {
      result = error;
      size_ = size;
    }));
    io_.restart();
    while (!result && std::chrono::steady_clock::now() < deadline_) io_.run_one_until(deadline_);
    if (result) return *result;
    // What still waits is told, while what it refers to is there.
    stream_->close();
    io_.restart();
    io_.run();
    return asio::error::timed_out;
  }

  SteadyTime deadline_;
  asio::io_context io_{1};
  std::unique_ptr<hook::ByteStream> stream_;
  std::size_t size_ = 0;
};

tl::unexpected<Error> no_answer(const std::string& step, error_code error) {
  return fail(step + ": " +
              (error == asio::error::timed_out ? "no answer in time" : error.message()));
}

}  // namespace

Result<Answer> ask(const hook::ShowcaseUrl& showcase, const std::string& path, const Clock& clock,
                   const AskOptions& options) {
  const SteadyTime deadline = std::chrono::steady_clock::now() + options.patience;
  const hook::NameLookup lookup(showcase.host, showcase.port);
  while (!lookup.is_done() && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(kPoll);
  }
  if (!lookup.is_done() || lookup.endpoints().empty()) {
    return fail("there is no host " + showcase.host);
  }
  std::unique_ptr<asio::ssl::context> tls;
  try {
    if (showcase.secure) tls = hook::make_tls_context(options.ca_file);
  } catch (const std::invalid_argument& error) {
    return fail(error.what());
  }
  Conversation conversation(tls.get(), deadline);
  if (const auto error = conversation.connect(lookup.endpoints())) {
    return no_answer("cannot connect", error);
  }
  if (showcase.secure) {
    if (const auto error = conversation.encrypt(showcase.host)) {
      return no_answer("no secure connection", error);
    }
  }
  http::response_parser<http::string_body> answer;
  const WallTime asked = clock.wall();
  auto error = conversation.write(request_for(showcase, path, options.token));
  if (!error) error = conversation.read(answer);
  if (error) return no_answer("no answer over HTTP", error);
  return Answer{answer.get().result_int(), answer.get().body(), asked, clock.wall()};
}

}  // namespace keisei::doctor
